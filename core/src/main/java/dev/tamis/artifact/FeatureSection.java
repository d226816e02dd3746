package dev.tamis.artifact;

import dev.tamis.config.TamisException;
import dev.tamis.data.IdMap;
import dev.tamis.data.feature.ColumnEncoding;
import dev.tamis.data.feature.ColumnKind;
import dev.tamis.data.feature.FeatureEncoding;
import dev.tamis.data.feature.FeatureEncodings;
import dev.tamis.data.feature.Features;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The columns of items, then those of users: vocabularies, means and deviations. */
final class FeatureSection {
  private static final ColumnKind[] KINDS = {
    ColumnKind.CATEGORICAL, ColumnKind.MULTI, ColumnKind.NUMERIC
  };

  private FeatureSection() {}

  static void write(SectionOutput out, String id, FeatureEncodings encodings) throws IOException {
    Frame.FEATURES.writeHeader(out, id);
    for (Optional<FeatureEncoding> side : List.of(encodings.items(), encodings.users())) {
      List<ColumnEncoding> columns = side.map(FeatureEncoding::columns).orElse(List.of());
      out.putInt(columns.size());
      for (ColumnEncoding column : columns) {
        out.putText(column.name());
        out.putInt(List.of(KINDS).indexOf(column.kind()));
        if (column.kind() == ColumnKind.NUMERIC) {
          out.putDoubles(new double[] {column.mean(), column.deviation()});
        } else {
          out.putInts(new int[] {column.vocabulary().size()});
          out.putInts(column.vocabulary().ends());
          out.putBytes(column.vocabulary().bytes());
        }
      }
    }
    out.putCrc();
  }

  static FeatureEncodings read(SectionInput in, String id) throws IOException {
    Frame.FEATURES.readHeader(in, id);
    Optional<FeatureEncoding> items = columns(in);
    Optional<FeatureEncoding> users = columns(in);
    in.checkCrc();
    in.finish();
    if (items.isEmpty() && users.isEmpty()) {
      throw in.damaged("it has no columns");
    }
    return new FeatureEncodings(items, users);
  }

  private static Optional<FeatureEncoding> columns(SectionInput in) throws IOException {
    int count = in.readInt();
    if (count < 0 || count > Features.MOST_COLUMNS) {
      throw in.damaged(
          "it claims " + count + " columns; at most " + Features.MOST_COLUMNS + " are allowed");
    }
    List<ColumnEncoding> columns = new ArrayList<>();
    for (int c = 0; c < count; c++) {
      String name = in.readText();
      int kind = in.readInt();
      if (kind < 0 || kind >= KINDS.length) {
        throw in.damaged("column number " + c + " is of kind " + kind + ", which is not known");
      }
      if (columns.stream().anyMatch(column -> column.name().equals(name))) {
        throw in.damaged("two columns have the same name");
      }
      columns.add(
          KINDS[kind] == ColumnKind.NUMERIC
              ? numbers(in, name)
              : new ColumnEncoding(name, KINDS[kind], vocabulary(in, name), 0, 1));
    }
    return count == 0 ? Optional.empty() : Optional.of(new FeatureEncoding(columns));
  }

  private static ColumnEncoding numbers(SectionInput in, String name) throws IOException {
    double[] values = in.readDoubles(2);
    try {
      return new ColumnEncoding(name, ColumnKind.NUMERIC, IdMap.of(), values[0], values[1]);
    } catch (IllegalArgumentException e) {
      throw in.damaged(e.getMessage());
    }
  }

  private static IdMap vocabulary(SectionInput in, String name) throws IOException {
    int count = in.readInt();
    in.need(count, Integer.BYTES + 1);
    int[] ends = in.readInts(count);
    int previous = 0;
    for (int end : ends) {
      if (end < previous) {
        throw in.damaged("a value of column '" + name + "' ends at byte " + end + ", out of range");
      }
      previous = end;
    }
    byte[] bytes = in.readBytes(previous);
    try {
      return IdMap.ofSorted(bytes, ends);
    } catch (TamisException e) {
      throw in.damaged("column '" + name + "': " + e.getMessage());
    }
  }
}
