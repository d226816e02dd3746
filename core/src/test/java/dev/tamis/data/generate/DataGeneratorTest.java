package dev.tamis.data.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tamis.config.TamisException;
import dev.tamis.data.Interactions;
import dev.tamis.data.read.InteractionFile;
import dev.tamis.data.read.ItemTitles;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The made-up data have what they promise. */
class DataGeneratorTest {
  private static final GeneratorOptions SMALL = GeneratorOptions.defaults();

  @TempDir Path directory;

  @Test
  void theSeedDecides() {
    String first = DataGenerator.generate(SMALL).interactions().fingerprint();
    assertThat(DataGenerator.generate(SMALL).interactions().fingerprint()).isEqualTo(first);
    assertThat(DataGenerator.generate(SMALL.withSeed(2)).interactions().fingerprint())
        .isNotEqualTo(first);
  }

  @Test
  void moreUsersLeaveTheFirstOnesAsTheyAre() {
    Interactions few = DataGenerator.generate(SMALL.withUsers(100)).interactions();
    Interactions many = DataGenerator.generate(SMALL.withUsers(200)).interactions();
    for (int u = 0; u < 100; u++) {
      assertThat(names(many, u)).isEqualTo(names(few, u));
    }
  }

  private static String names(Interactions data, int user) {
    StringBuilder names = new StringBuilder(data.users().id(user));
    for (int e = data.rowStart()[user]; e < data.rowStart()[user + 1]; e++) {
      names.append(' ').append(data.items().id(data.itemIds()[e]));
      names.append('@').append(data.timestamps().orElseThrow()[e]);
    }
    return names.toString();
  }

  @Test
  void popularityIsLongTailed() {
    Interactions data = DataGenerator.generate(SMALL).interactions();
    int[] counts = data.itemCounts();
    Arrays.sort(counts);
    long top = 0;
    for (int i = counts.length - counts.length / 20; i < counts.length; i++) {
      top += counts[i];
    }
    assertThat((double) top / data.size()).isBetween(0.2, 0.6);
    assertThat(counts[counts.length / 2] * 10).isLessThan(counts[counts.length - 1] * 3);
  }

  @Test
  void historiesAreLongEnoughAndLongTailed() {
    Interactions data = DataGenerator.generate(SMALL).interactions();
    int[] degrees = new int[data.userCount()];
    Arrays.setAll(degrees, data::degree);
    Arrays.sort(degrees);
    assertThat(degrees[0]).isGreaterThanOrEqualTo(5);
    assertThat(degrees[degrees.length - 1]).isGreaterThan(4 * degrees[degrees.length / 2]);
    assertThat((double) data.size() / data.userCount()).isBetween(20.0, 35.0);
  }

  /** A user's items share genres far more often than items of two users do. */
  @Test
  void tastesArePlanted() {
    Generated made = DataGenerator.generate(SMALL);
    Interactions data = made.interactions();
    int[] genre = new int[data.itemCount()];
    for (int i = 0; i < genre.length; i++) {
      int number = Integer.parseInt(data.items().id(i).substring(1)) - 1;
      genre[i] = made.catalogue().genres(number).get(0).hashCode();
    }
    double same = 0;
    double across = 0;
    double pairs = 0;
    for (int u = 0; u + 1 < data.userCount(); u++) {
      int a = data.rowStart()[u];
      int last = data.rowStart()[u + 1] - 1;
      int other = data.rowStart()[u + 2] - 1;
      for (int e = a; e < last; e++) {
        same += genre[data.itemIds()[e]] == genre[data.itemIds()[last]] ? 1 : 0;
        across += genre[data.itemIds()[e]] == genre[data.itemIds()[other]] ? 1 : 0;
        pairs++;
      }
    }
    assertThat(same / pairs).isGreaterThan(2.5 * across / pairs);
  }

  @Test
  void filesHoldTheSameDataAndTitles() {
    Generated made = DataGenerator.generate(SMALL.withUsers(300));
    made.write(directory);
    Interactions back =
        InteractionFile.read(directory.resolve("interactions.tsv.gz")).interactions();
    assertThat(back.fingerprint()).isEqualTo(made.interactions().fingerprint());
    ItemTitles titles = ItemTitles.read(directory.resolve("items.tsv"), back.items());
    assertThat(titles.untitled()).isZero();
    assertThat(titles.unknownItems()).isEqualTo(made.catalogue().size() - back.itemCount());
    int number = Integer.parseInt(back.items().id(7).substring(1)) - 1;
    assertThat(titles.titles()[7])
        .isEqualTo(made.catalogue().title(number))
        .matches("(The |A |[A-Z]).* \\((19[5-9]\\d|20[012]\\d)\\)");
  }

  @Test
  void aTinyCatalogueIsNoEndlessLoop() {
    Interactions data =
        DataGenerator.generate(SMALL.withItems(20).withMeanHistory(1000)).interactions();
    assertThat(data.itemCount()).isBetween(5, 20);
  }

  @Test
  void refusesSizesOutOfRange() {
    assertThatThrownBy(() -> SMALL.withItems(19))
        .isInstanceOf(TamisException.class)
        .hasMessage("the number of items is 19; it must be from 20 to 100000000");
  }
}
