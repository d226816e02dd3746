package dev.tamis.data.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tamis.config.TamisException;
import dev.tamis.data.IdMap;
import dev.tamis.data.feature.ColumnKind;
import dev.tamis.data.feature.FeatureColumn;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Features are found by id and column name; what does not fit is counted or refused. */
class FeatureFileTest {
  private static final IdMap ITEMS = IdMap.of("1", "2", "3");

  @TempDir Path directory;

  @Test
  void kindsAreFoundOut() {
    FeatureFile.Read read =
        read(
            "brand\titem_id\tgenres\tprice\n"
                + "Ü\t3\tDrama|Comedy|Drama\t1e1\n"
                + "a\t1\t\t-2.5\n"
                + "\t2\tComedy\t\n");
    assertThat(read.features().ids().sameAs(ITEMS)).isTrue();
    List<FeatureColumn> columns = read.features().columns();
    assertThat(columns).extracting(FeatureColumn::name).containsExactly("brand", "genres", "price");
    assertThat(columns)
        .extracting(FeatureColumn::kind)
        .containsExactly(ColumnKind.CATEGORICAL, ColumnKind.MULTI, ColumnKind.NUMERIC);
    assertThat(columns.get(0).start()).containsExactly(0, 1, 1, 2);
    assertThat(columns.get(0).values().id(1)).isEqualTo("Ü");
    assertThat(columns.get(1).values().id(0)).isEqualTo("Comedy");
    assertThat(columns.get(1).start()).containsExactly(0, 0, 1, 3);
    assertThat(columns.get(1).valueNumbers()).containsExactly(0, 0, 1);
    assertThat(columns.get(2).numbers()).containsExactly(-2.5f, Float.NaN, 10);
    assertThat(columns).extracting(FeatureColumn::missing).containsExactly(1, 1, 1);
  }

  /** A bar that comes late makes a column multi-valued, and what came before is read the same. */
  @Test
  void columnsMayBeChosenAndNamed() {
    StringBuilder text = new StringBuilder("item,year,tags,note\n");
    for (int i = 0; i < 300; i++) {
      text.append("i").append(i).append(",").append(1990 + i % 3).append(",t").append(i % 5);
      text.append(i == 299 ? "|new" : "").append(",n\n");
    }
    FeatureFile.Read read =
        read(
            text.toString(),
            FeatureColumns.parse("tags,year:categorical"),
            FeatureFile.Unknown.ADD);
    List<FeatureColumn> columns = read.features().columns();
    assertThat(columns).extracting(FeatureColumn::name).containsExactly("tags", "year");
    assertThat(columns.get(0).kind()).isEqualTo(ColumnKind.MULTI);
    assertThat(columns.get(0).values().size()).isEqualTo(6);
    assertThat(columns.get(1).values().size()).isEqualTo(3);
    assertThat(read.features().ids().size()).isEqualTo(300);
    assertThat(read.unknown()).isEqualTo(300);
  }

  @Test
  void rowsOfUnknownItemsAreCounted() {
    FeatureFile.Read read = read("item,brand\n9,a\n2,b\n8,\n");
    assertThat(read.unknown()).isEqualTo(2);
    assertThat(read.features().ids().size()).isOne();
    assertThat(read.features().columns().get(0).values().size()).isOne();
  }

  @Test
  void badRowsAreLeftOutAndCountedWhereTheyMay() {
    FeatureFile.Read read =
        FeatureFile.read(
            InputFiles.text(directory, "f", "item,price\n1,2\n2,2,3\n1,4\n3,x\n,1\n2,5\n"),
            FeatureFile.Subject.ITEM,
            FeatureColumns.parse("price:numeric"),
            ITEMS,
            FeatureFile.Unknown.SKIP,
            BadRowPolicy.skip(10));
    assertThat(read.features().ids().sameAs(IdMap.of("1", "2"))).isTrue();
    assertThat(read.features().columns().get(0).numbers()).containsExactly(2, 5);
    assertThat(read.badRowCount()).isEqualTo(4);
    assertThat(read.badRows()).extracting(BadRow::line).containsExactly(3L, 4L, 5L, 6L);
  }

  @Test
  void aColumnOfTextsIsPointedOut() {
    assertThat(read("item,title\n1,One\n2,Two\n").notes())
        .singleElement()
        .asString()
        .contains("no two rows share a value of 'title'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "user,brand;1,a|:1: no item column among user, brand; a feature file has a header",
        "item;1|:1: no separator found",
        "item,x;1,a;2|:3: has 1 columns, but the header has 2; give each a value",
        "item,x;1,a;2,b,c|:3: has 3 columns, but the header has 2; give each a value",
        "item,x;1,a;1,b|:3:1: item '1' comes twice, first on line 2; expected it once",
        "item,x;1,a;,b|:3:1: item is empty; every row needs an item",
        "item,x;1,5;2,b|:3:2: 'x' is numeric, as its first values are, but 'b' is not a finite",
        "item,x,x;1,a,b|:1: two columns are named 'x'; rename one",
        "item,item,x;1,2,a|:1: two columns are named 'item'; rename one",
        "item,x,Item;1,2,a|:1: two columns are named 'item' and 'Item'; rename one",
        "item,x|: has a header and no rows"
      })
  void badFilesAreRefusedWithTheirPlace(String lines, String message) {
    // Types are found out from the first rows, so a text among numbers must come after them.
    String text =
        lines.contains("5;2,b")
            ? "item,x\n1,5\n" + "\n".repeat(70_000) + "2,b\n"
            : lines.replace(';', '\n') + "\n";
    String place = lines.contains("5;2,b") ? message.replace(":3:", ":70003:") : message;
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(TamisException.class)
        .hasMessageStartingWith(directory.resolve("f") + place);
  }

  /** Also where columns are chosen: which of the two is meant cannot be told. */
  @Test
  void aChosenColumnIsThereOnce() {
    String text = "item,g,x,g\n1,a,b,c\n";
    assertThatThrownBy(() -> read(text, FeatureColumns.parse("x,g"), FeatureFile.Unknown.SKIP))
        .isInstanceOf(TamisException.class)
        .hasMessage(directory.resolve("f") + ":1: two columns are named 'g'; rename one");
    assertThat(read(text, FeatureColumns.parse("x"), FeatureFile.Unknown.SKIP).features().columns())
        .hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n \n"})
  void nothingIsNoFeatureFile(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(TamisException.class)
        .hasMessageStartingWith(directory.resolve("f") + (text.isEmpty() ? ": is" : ": has"))
        .hasMessageEndingWith(
            "; expected a header with a column named item, and a row for each item");
  }

  @Test
  void unknownItemsMayBeRefused() {
    assertThatThrownBy(
            () -> read("item,x\n1,a\n7,b\n", FeatureColumns.ALL, FeatureFile.Unknown.FAIL))
        .isInstanceOf(TamisException.class)
        .hasMessageStartingWith(
            directory.resolve("f") + ":3:1: item '7' is not among those of the interactions");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "z|f has no column 'z'; there are: item, x, y",
        "item|the column of ids is no feature 'item'",
        "x:number|a column is categorical, multi or numeric, but 'number' is none",
        "x,x|names the column 'x' twice",
        "x,|has an empty name of a column"
      })
  void columnsThatCannotBeReadAreRefused(String columns, String message) {
    assertThatThrownBy(
            () ->
                read("item,x,y\n1,a,b\n", FeatureColumns.parse(columns), FeatureFile.Unknown.SKIP))
        .isInstanceOf(TamisException.class)
        .hasMessageContaining(message);
  }

  private FeatureFile.Read read(String text) {
    return read(text, FeatureColumns.ALL, FeatureFile.Unknown.SKIP);
  }

  private FeatureFile.Read read(String text, FeatureColumns columns, FeatureFile.Unknown unknown) {
    return FeatureFile.read(
        InputFiles.text(directory, "f", text),
        FeatureFile.Subject.ITEM,
        columns,
        ITEMS,
        unknown,
        BadRowPolicy.fail());
  }
}
