package dev.tamis.cli;

import dev.tamis.artifact.Newcomers;
import dev.tamis.artifact.TrainedModel;
import dev.tamis.config.TamisException;
import dev.tamis.data.IdMap;
import dev.tamis.data.feature.ColumnEncoding;
import dev.tamis.data.feature.FeatureEncoding;
import dev.tamis.data.feature.SideFeatures;
import dev.tamis.data.read.BadRowPolicy;
import dev.tamis.data.read.FeatureColumns;
import dev.tamis.data.read.FeatureFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Users that a model was not trained on, known by their features. */
final class KnownByFeatures {
  private KnownByFeatures() {}

  /** The model with one user more. */
  static TrainedModel join(TrainedModel model, String user, Path file) {
    Optional<FeatureEncoding> encoding = model.model().encodings().users();
    if (encoding.isEmpty()) {
      throw TamisException.usage(
          "this model knows no features of users; train it with --user-features, or give the items"
              + " that the user has with --history ID,ID,...");
    }
    IdMap one = IdMap.of(user);
    FeatureFile.Read read =
        FeatureFile.read(
            file,
            FeatureFile.Subject.USER,
            columns(encoding.get()),
            one,
            FeatureFile.Unknown.SKIP,
            BadRowPolicy.fail());
    if (read.features().ids().size() == 0) {
      throw TamisException.badData(
          file + ": has no row of user '" + user + "', who is not among those of training either");
    }
    return Newcomers.join(model, new SideFeatures(Optional.empty(), Optional.of(read.features())));
  }

  /** The columns that a model knows, by name and kind. */
  static FeatureColumns columns(FeatureEncoding encoding) {
    List<FeatureColumns.Chosen> columns = new ArrayList<>();
    for (ColumnEncoding column : encoding.columns()) {
      columns.add(new FeatureColumns.Chosen(column.name(), Optional.of(column.kind())));
    }
    return new FeatureColumns(columns);
  }
}
