package dev.tamis.method;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tamis.artifact.TrainedModel;
import dev.tamis.config.Settings;
import dev.tamis.data.IdMap;
import dev.tamis.data.Interactions;
import dev.tamis.data.feature.ColumnKind;
import dev.tamis.data.feature.FeatureColumn;
import dev.tamis.data.feature.Features;
import dev.tamis.data.feature.SideFeatures;
import dev.tamis.data.generate.Catalogue;
import dev.tamis.data.generate.DataGenerator;
import dev.tamis.data.generate.Generated;
import dev.tamis.data.generate.GeneratorOptions;
import dev.tamis.data.split.ColdItems;
import dev.tamis.data.split.SplitData;
import dev.tamis.eval.Evaluator;
import dev.tamis.eval.MetricId;
import dev.tamis.kernels.Workers;
import dev.tamis.train.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Users of generated data choose by genre, so a model that knows genres finds items it never saw.
 */
class ColdStartTest {
  private static final Generated MADE =
      DataGenerator.generate(new GeneratorOptions(400, 240, 30, 2));
  private static final SplitData SPLIT = new ColdItems(0.2, 0).split(MADE.interactions(), 1);

  @Test
  void itemsNeverSeenAreFoundByTheirGenres() {
    SideFeatures genres =
        new SideFeatures(
            Optional.of(genres(MADE.catalogue(), SPLIT.train().items())), Optional.empty());
    int cold = 0;
    for (int count : SPLIT.train().itemCounts()) {
      cold += count == 0 ? 1 : 0;
    }
    double byChance = 5.0 / cold;
    double byIds = recall(SideFeatures.NONE);
    double byGenres = recall(genres);

    assertThat(byIds).isBetween(0.5 * byChance, 1.6 * byChance);
    assertThat(byGenres).isGreaterThan(3 * byChance);
  }

  private static double recall(SideFeatures features) {
    Method<SslPop.Options> method = new SslPop();
    Map<String, String> options = new TreeMap<>();
    options.put("epochs", "12");
    options.put("batch-size", "128");
    options.put("dim", "16");
    options.put("learning-rate", "0.01");
    options.put("init-deviation", "0.1");
    Settings settings = Settings.parse("method", method.options(), options);
    Interactions train = SPLIT.train();
    TrainedModel model =
        method.fit(train, features, method.read(settings), Run.seeded(3).withThreads(1));
    boolean[] cold = new boolean[train.itemCount()];
    int[] counts = train.itemCounts();
    for (int i = 0; i < cold.length; i++) {
      cold[i] = counts[i] == 0;
    }
    MetricId recall = new MetricId("recall", 5);
    try (Workers workers = new Workers(1)) {
      return Evaluator.among(cold, SPLIT.test(), train, List.of(recall), workers)
          .measure(model.model())
          .get("recall@5");
    }
  }

  private static Features genres(Catalogue catalogue, IdMap items) {
    TreeSet<String> words = new TreeSet<>();
    Map<String, List<String>> genres = new TreeMap<>();
    for (int i = 0; i < catalogue.size(); i++) {
      genres.put(catalogue.id(i), catalogue.genres(i));
      words.addAll(catalogue.genres(i));
    }
    IdMap values = IdMap.of(words);
    int[] start = new int[items.size() + 1];
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      genres.get(items.id(i)).stream().map(values::index).sorted().forEach(numbers::add);
      start[i + 1] = numbers.size();
    }
    int[] all = numbers.stream().mapToInt(Integer::intValue).toArray();
    return new Features(
        items, List.of(FeatureColumn.of("genres", ColumnKind.MULTI, values, start, all)));
  }
}
