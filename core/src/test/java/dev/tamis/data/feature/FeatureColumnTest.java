package dev.tamis.data.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tamis.data.IdMap;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Columns whose arrays do not go together are refused before anything is trained on them. */
class FeatureColumnTest {
  private static final IdMap VALUES = IdMap.of("x", "y");

  @Test
  void arraysGoTogether() {
    refused(new int[] {}, new int[] {}, "'start' is empty");
    refused(new int[] {1, 2}, new int[] {0, 0}, "'start' begins with 1; it must begin with 0");
    refused(new int[] {0, 2, 1}, new int[] {0}, "row 1 would end at 1, before its beginning at 2");
    refused(new int[] {0, 1}, new int[] {0, 1}, "'start' ends with 1, but there are 2 values");
    refused(new int[] {0, 1, 3}, new int[] {0, 1}, "'start' ends with 3, but there are 2 values");
  }

  @Test
  void numbersOfValuesAreInRangeAndAscend() {
    refused(new int[] {0, 1}, new int[] {2}, "row 0 has value number 2; numbers are from 0 to 1");
    refused(new int[] {0, 0, 1}, new int[] {-1}, "row 1 has value number -1");
    refused(new int[] {0, 2}, new int[] {1, 0}, "row 0 has value number 0 after 1; they ascend");
    refused(new int[] {0, 2}, new int[] {1, 1}, "row 0 has value number 1 after 1; they ascend");
    assertThat(column(new int[] {0, 1, 1, 3}, new int[] {1, 0, 1}).rows()).isEqualTo(3);
  }

  @Test
  void numbersAreFiniteOrMissing() {
    assertThat(FeatureColumn.of("n", new float[] {1, Float.NaN}).missing()).isOne();
    assertThatThrownBy(() -> FeatureColumn.of("n", new float[] {1, Float.NEGATIVE_INFINITY}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("column 'n': row 1 is -Infinity; a number is finite, or NaN if it is missing");
  }

  @Test
  void namesTellColumnsApart() {
    IdMap ids = IdMap.of("a");
    FeatureColumn one = FeatureColumn.of("n", new float[] {1});
    assertThatThrownBy(() -> new Features(ids, List.of(one, one)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("two columns are named 'n'; names must differ");
    assertThatThrownBy(() -> FeatureColumn.of("\ud800", new float[] {1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("half of a surrogate pair");
  }

  @Test
  void thereAreNoMoreColumnsThanAModelCanKeep() {
    IdMap ids = IdMap.of("a");
    List<FeatureColumn> columns = new ArrayList<>();
    for (int c = 0; c < 4096; c++) {
      columns.add(FeatureColumn.of("n" + c, new float[] {1}));
    }
    assertThat(new Features(ids, columns).columns()).hasSize(4096);
    columns.add(FeatureColumn.of("n", new float[] {1}));
    assertThatThrownBy(() -> new Features(ids, columns))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there are 4097 columns; at most 4096 are allowed");
  }

  private static void refused(int[] start, int[] valueNumbers, String message) {
    assertThatThrownBy(() -> column(start, valueNumbers))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("column 'tags': " + message);
  }

  private static FeatureColumn column(int[] start, int[] valueNumbers) {
    return FeatureColumn.of("tags", ColumnKind.MULTI, VALUES, start, valueNumbers);
  }
}
