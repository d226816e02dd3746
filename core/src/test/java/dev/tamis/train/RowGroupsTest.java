package dev.tamis.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import dev.tamis.model.SparseGradient;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowGroupsTest {
  @ParameterizedTest
  @CsvSource({
    "1, 1, 5",
    "2, 1, 9",
    "40, 3, 0",
    "257, 1, 2000",
    "2048, 2, 3000",
    "2049, 5, 3000",
    "5000000, 2, 4000",
    "2147483647, 3, 100"
  })
  void everyEntryIsWithItsRowInTheOrderOfTheList(int rows, int owners, int entries) {
    RowGroups groups = new RowGroups(rows, owners);
    Rng rng = Rng.keyed(1, Stream.DEMO, rows, owners);
    SparseGradient gradient = new SparseGradient(entries);
    // A second, shorter list must not see anything of the first.
    for (int count : new int[] {entries, entries / 3}) {
      gradient.count = count;
      TreeMap<Integer, List<Integer>> expected = new TreeMap<>();
      for (int e = 0; e < count; e++) {
        gradient.row[e] = rows - 1 - rng.nextInt(rng.nextInt(2) == 0 ? rows : Math.min(rows, 60));
        expected.computeIfAbsent(gradient.row[e], row -> new ArrayList<>()).add(e);
      }
      TreeMap<Integer, List<Integer>> found = new TreeMap<>();
      for (int o = 0; o < owners; o++) {
        groups.group(o, gradient);
        int last = -1;
        for (int i = 0; i < groups.count(o); i++) {
          int row = groups.rows(o)[i];
          assertThat(row).as("rows ascend").isGreaterThan(last);
          last = row;
          List<Integer> chain = new ArrayList<>();
          for (int k = groups.start(o, i); k < groups.start(o, i + 1); k++) {
            chain.add(groups.entry(o, k));
          }
          assertThat(found.put(row, chain)).as("owner of row %d", row).isNull();
        }
      }
      assertThat(found).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "75, 1, 30", "75, 4, 30", "1000, 3, 0", "160, 2, 500", "163, 2, 300"})
  void idleRowsAreTheOthers(int rows, int owners, int entries) {
    RowGroups groups = new RowGroups(rows, owners);
    Rng rng = Rng.keyed(2, Stream.DEMO, rows, owners);
    SparseGradient gradient = new SparseGradient(entries);
    gradient.count = entries;
    for (int e = 0; e < entries; e++) {
      gradient.row[e] = rng.nextInt(rows);
    }
    int[] met = new int[rows];
    for (int o = 0; o < owners; o++) {
      groups.group(o, gradient);
      for (int i = 0; i < groups.count(o); i++) {
        met[groups.rows(o)[i]]++;
      }
      // All at once, or in parts: between them nothing is left out or met twice.
      int[] last = {-1};
      int count = groups.count(o);
      int part = owners == 1 ? Math.max(1, count) : 3;
      for (int from = 0; from < Math.max(1, count); from += part) {
        groups.forEachIdleRange(
            o,
            from,
            Math.min(count, from + part),
            (first, n) -> {
              assertThat(n).isPositive();
              assertThat(first).as("ranges ascend").isGreaterThan(last[0]);
              last[0] = first + n - 1;
              for (int row = first; row < first + n; row++) {
                met[row]++;
              }
            });
      }
    }
    assertThat(met).containsOnly(1);
  }
}
