package dev.tamis.model.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tamis.model.Initial;
import dev.tamis.model.ItemTable;
import dev.tamis.model.PairModel;
import dev.tamis.model.Table;
import dev.tamis.model.tower.UserRows;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogueScoresTest {
  private static final int WIDTH = 6;

  @ParameterizedTest
  @CsvSource({"dot, 300", "bias, 300", "distance, 1", "distance, 256", "distance, 600"})
  void areTheScoresOfEveryUserAndItem(String kind, int items) {
    Table users = Initial.normal(new Table("users", 20, WIDTH), 1, 0.7);
    Table vectors = Initial.normal(new Table("items", items, WIDTH), 1, 0.7);
    Table bias = Initial.normal(new Table("item-bias", items, 1), 1, 0.7);
    ItemTable table =
        new ItemTable(vectors, kind.equals("bias") ? Optional.of(bias) : Optional.empty());
    PairModel model =
        new PairModel(
            new UserRows(users),
            kind.equals("distance") ? new DistanceScore(table) : new DotScore(table));
    CatalogueScores catalogue = new CatalogueScores(model, 7);
    float[] out = new float[7 * items];
    for (int first = 0; first < 20; first += 7) {
      int count = Math.min(7, 20 - first);
      catalogue.score(first, count, out);
      for (int u = first; u < first + count; u++) {
        for (int i = 0; i < items; i++) {
          double score = kind.equals("bias") ? bias.values()[i] : 0;
          for (int k = 0; k < WIDTH; k++) {
            double x = users.values()[u * WIDTH + k];
            double y = vectors.values()[i * WIDTH + k];
            score += kind.equals("distance") ? -(x - y) * (x - y) : x * y;
          }
          assertThat((double) out[(u - first) * items + i]).isCloseTo(score, within(1e-5));
        }
      }
    }
  }
}
