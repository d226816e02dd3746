package dev.tamis.data.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tamis.config.TamisException;
import dev.tamis.config.TamisException.Kind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way in which a file is known to be bad, with the whole message that the user reads. */
class BadFileTest {
  private static final String GO_ON = "; check separators and quotes";
  private static final String OTHER = "; or choose another column, or 'none'";
  private static final String TOO_LONG =
      "a field or line is longer than 1048576 bytes; check for a missing line end or an open quote";

  @TempDir Path directory;

  /**
   * A bad file.
   *
   * @param message the message after the path of the file
   */
  record Bad(String name, byte[] content, ReadOptions options, Kind kind, String message) {
    @Override
    public String toString() {
      return name;
    }
  }

  @ParameterizedTest
  @MethodSource
  void refusesWithAMessageThatHelps(Bad bad) {
    Path file = InputFiles.bytes(directory, "in.txt", bad.content);
    TamisException refusal =
        catchThrowableOfType(TamisException.class, () -> InteractionFile.read(file, bad.options));
    assertThat(refusal).isNotNull();
    assertThat(refusal.getMessage()).isEqualTo(file + bad.message);
    assertThat(refusal.kind()).isEqualTo(bad.kind);
  }

  static Stream<Bad> refusesWithAMessageThatHelps() {
    return Stream.of(
            structure(), encoding(), ids(), numbers(), columns(), json(), compressed(), filters())
        .flatMap(s -> s);
  }

  private static Stream<Bad> structure() {
    return Stream.of(
        bad("empty file", "", ": is empty; expected rows of user and item"),
        bad(
            "only blank lines",
            "\n\n  \n",
            ": has nothing but blank lines; expected rows of user and item"),
        bad(
            "header only",
            "user,item\n",
            ": has a header and no rows; expected rows of user and item"),
        bad(
            "one column",
            "user\na\nb\n",
            ":1: no separator found in the first row 'user'; looked for tab, ::, comma, semicolon,"
                + " | and spaces; name the separator if it is another, or check that there are two"
                + " columns at least"),
        bad(
            "too few columns",
            "user,item,rating\na,b,1\na,c\n",
            ":3: has 2 columns, but the first row has 3" + GO_ON),
        bad(
            "too many columns",
            "user\titem\na\tb\na\tc\td\n",
            ":3: has 3 columns, but the first row has 2" + GO_ON),
        bad(
            "mixed separators",
            "user,item\na,b\na;c\n",
            ":3: has 1 column, but the first row has 2" + GO_ON),
        bad(
            "a million columns",
            "user,item\na,b\n" + "1,".repeat(999_999) + "2\n",
            ":3: has 1000000 columns, but the first row has 2" + GO_ON),
        bad(
            "a million columns at once",
            "1,".repeat(999_999) + "2\n",
            ":1: the first row has more than 4096 columns; expected one row for each pair of user"
                + " and item"),
        bad("endless field", "user,item\na,b\na," + "x".repeat(3 << 20), ":3: " + TOO_LONG),
        bad(
            "endless quoted field",
            "user,item\na,b\na,\"" + "x\n".repeat(3 << 19) + "\"\n",
            ":3: " + TOO_LONG),
        bad("endless line of words", "a b\nc " + "x".repeat(3 << 20), ":2: " + TOO_LONG),
        bad(
            "open quote",
            "user,item\na,b\na,\"c\nd,e\n",
            ":3: a double quote is opened and never closed; close it, double it if it belongs to"
                + " the field, or read the file as tsv if it has no quoting"),
        bad(
            "text after a quote",
            "user,item\na,\"b\"c\n",
            ":2: a field goes on after its closing double quote; double the quotes that belong to"
                + " the field, or read the file as tsv if it has no quoting"));
  }

  private static Stream<Bad> encoding() {
    return Stream.of(
        bad(
            "Latin-1 in an id",
            InputFiles.latin1("user,item\na,b\na,caf\u00e9\n"),
            ":3:2: item 'caf\ufffd' is not valid UTF-8; save the file as UTF-8 (for example: iconv"
                + " -f latin1 -t utf-8)"),
        bad(
            "UTF-16 with a mark",
            "\ufeffuser,item\na,b\n".getBytes(StandardCharsets.UTF_16LE),
            ": looks like UTF-16; save it as UTF-8 (for example: iconv -f utf-16 -t utf-8)"),
        bad(
            "UTF-16 without a mark",
            "user,item\na,b\n".getBytes(StandardCharsets.UTF_16BE),
            ": looks like UTF-16; save it as UTF-8 (for example: iconv -f utf-16 -t utf-8)"),
        bad(
            "NUL byte",
            "user,item\na,b\na,c\0d\n",
            ":3:2: item 'c\\u0000d' contains a NUL byte; ids may have no control characters; remove"
                + " it"),
        bad(
            "escape byte",
            "user,item\na,b\n\u001b[31ma,c\n",
            ":3:1: user '\\u001b[31ma' contains the control byte 0x1b; ids may have no control"
                + " characters; remove it"),
        bad(
            "quoted newline in an id",
            "user,item\na,b\na,\"c\nd\"\n",
            ":3:2: item 'c\\u000ad' contains a line break; ids may have no control characters;"
                + " remove it"),
        bad(
            "zip archive",
            "PK\u0003\u0004rest",
            ": is a zip archive (or spreadsheet); only plain text and gzip are read; unpack or"
                + " export it first"),
        bad(
            "Parquet",
            "PAR1rest",
            ": is a Parquet file; only plain text and gzip are read; unpack or export it first"));
  }

  private static Stream<Bad> ids() {
    String late = "; ids may have no control characters; remove it";
    return Stream.of(
        bad("empty user", "user,item\na,b\n,c\n", ":3:1: user is empty; every row needs a user"),
        bad("empty item", "user,item\na,b\na,\n", ":3:2: item is empty; every row needs an item"),
        bad(
            "blank item",
            "user,item\na,b\na,  \n",
            ":3:2: item is nothing but spaces; every row needs an item"),
        bad(
            "id of 257 bytes",
            "user,item\n" + "u".repeat(257) + ",b\n",
            ":2:1: user 'uuuuuuuuuuuuuuuuuuuu...' has 257 bytes; at most 256 are allowed; shorten"
                + " it"),
        bad(
            "tab in a quoted id",
            "user,item\n\"a\tb\",c\n",
            ":2:1: user 'a\\u0009b' contains a tab" + late));
  }

  private static Stream<Bad> numbers() {
    return Stream.of(
        rated("NaN", " is not a finite number such as 4.5" + OTHER),
        rated("Infinity", " is not a finite number such as 4.5" + OTHER),
        rated("1e99", " is not a finite number such as 4.5" + OTHER),
        rated("good", " is not a finite number such as 4.5" + OTHER),
        rated("0x1p3", " is not a finite number such as 4.5" + OTHER),
        rated("1f", " is not a finite number such as 4.5" + OTHER),
        bad(
            "empty rating",
            "user,item,rating\na,b,1\na,c,\n",
            ":3:3: rating is empty; every row needs a number" + OTHER),
        bad(
            "comma as decimal point",
            "user;item;rating\na;b;4,5\n",
            ":2:3: rating '4,5' is not a finite number such as 4.5; write a decimal point, not a"
                + " comma"),
        bad(
            "negative rating",
            "user,item,rating\na,b,1\na,c,-1\n",
            ":3:3: rating '-1' is negative, and every row kept counts as a wish for the item; give"
                + " a minimum rating, or set the rating column to 'none'"),
        timed("1.5", " is not a whole number; give seconds since 1970, such as 1700000000" + OTHER),
        timed(
            "2024-01-31",
            " is not a whole number; give seconds since 1970, such as 1700000000" + OTHER),
        timed("-", " is not a whole number; give seconds since 1970, such as 1700000000" + OTHER),
        timed("9223372036854775808", " is too large for 64 bits; give seconds since 1970" + OTHER),
        bad(
            "empty timestamp",
            "user,item,ts\na,b,1\na,c,\n",
            ":3:3: timestamp is empty; every row needs a whole number" + OTHER));
  }

  private static Bad rated(String rating, String reason) {
    return bad(
        "rating " + rating,
        "user,item,rating\na,b,1\na,c," + rating + "\n",
        ":3:3: rating '" + rating + "'" + reason);
  }

  private static Bad timed(String timestamp, String reason) {
    return bad(
        "timestamp " + timestamp,
        "user,item,timestamp\na,b,1\na,c," + timestamp + "\n",
        ":3:3: timestamp '" + timestamp + "'" + reason);
  }

  private static Stream<Bad> columns() {
    String three = "user_id,item_id,stars\na,b,1\n";
    ReadOptions auto = ReadOptions.defaults();
    return Stream.of(
        bad(
            "no user column",
            "client,item\n1,2\n",
            ":1: no user column among 'client', 'item'; name the column (or give its number), or"
                + " say that there is no header"),
        bad(
            "user column twice",
            "user,item,user\n1,2,3\n",
            ":1: two columns are named 'user'; rename one, or give the number of the one that is"
                + " the user column"),
        bad(
            "item column twice, typed or not",
            "user\titem_id:token\tItemId\n1\t2\t3\n",
            ":1: two columns are named 'item_id:token' and 'ItemId'; rename one, or give the number"
                + " of the one that is the item column"),
        bad(
            "rating column twice",
            "user,item,rating,rating\n1,2,3,4\n",
            ":1: two columns are named 'rating'; rename one, or give the number of the one that is"
                + " the rating column"),
        bad(
            "time column twice",
            "user,item,ts,TS\n1,2,3,4\n",
            ":1: two columns are named 'ts' and 'TS'; rename one, or give the number of the one"
                + " that is the timestamp column"),
        bad(
            "chosen column twice",
            "user,item,who,who\n1,2,3,4\n",
            auto.withUser(ColumnChoice.name("who")),
            Kind.BAD_DATA,
            ":1: two columns are named 'who'; rename one, or give the number of the one that is the"
                + " user column"),
        bad(
            "chosen column twice by its untyped name",
            "who:token,item,who:float\n1,2,3\n",
            auto.withUser(ColumnChoice.name("who")),
            Kind.BAD_DATA,
            ":1: two columns are named 'who:token' and 'who:float'; rename one, or give the number"
                + " of the one that is the user column"),
        bad(
            "JSON field twice but for its case",
            "{\"user\":1,\"User\":2,\"item\":3}\n",
            ":1: two fields are named 'user' and 'User'; rename one, or name the one that is the"
                + " user field"),
        bad(
            "unknown column name",
            three,
            auto.withItem(ColumnChoice.name("itemid")),
            Kind.USAGE,
            ":1: there is no column 'itemid'; did you mean 'item_id'? (columns: 'user_id',"
                + " 'item_id', 'stars')"),
        bad(
            "column number beyond",
            three,
            auto.withItem(ColumnChoice.number(4)),
            Kind.USAGE,
            ":1: the item column is number 4, but the first row has 3 columns; give a number from"
                + " 1 to 3"),
        bad(
            "one column for two roles",
            three,
            auto.withItem(ColumnChoice.number(1)),
            Kind.USAGE,
            ":1: column 1 is to be both user and item; choose two columns".substring(2)),
        bad(
            "a name without header",
            three,
            auto.withHeader(ReadOptions.Header.NO).withUser(ColumnChoice.name("user_id")),
            Kind.USAGE,
            ": columns are named, but there is to be no header; give column numbers from 1"),
        bad(
            "wrong separator",
            three,
            auto.withSeparator("tab"),
            Kind.BAD_DATA,
            ":1: the first row has one column, 'user_id,item_id,stars'; expected user and item at"
                + " least; check the separator ('\\u0009')"));
  }

  private static Stream<Bad> json() {
    String good = "{\"user\":1,\"item\":2}\n";
    return Stream.of(
        bad(
            "broken JSON",
            good + "{\"user\":01,\"item\":2}\n",
            ":2: is no JSON at character 10 (Invalid numeric value: Leading zeroes not allowed);"
                + " expected one object a line"),
        bad(
            "cut JSON",
            good + "{\"user\":1,\"item\":2",
            ":2: is no JSON at character 19 (Unexpected end-of-input: expected close marker for"
                + " Object); expected one object a line"),
        bad(
            "JSON that is no object",
            good + "[1,2]\n",
            ":2: is JSON but no object; expected a line like {\"user\": \"u1\", \"item\":"
                + " \"i1\"}"),
        bad(
            "JSON array",
            "[{\"user\":1,\"item\":2}]\n",
            ":1: starts with '[' like a JSON array; only JSON lines are read, one object a line"
                + " (for example: jq -c '.[]')"),
        bad(
            "JSON field missing",
            good + "{\"user\":1}\n",
            ":2: has no field 'item'; every object needs it, and it may not be null"),
        bad(
            "JSON null",
            good + "{\"user\":null,\"item\":2}\n",
            ":2: has no field 'user'; every object needs it, and it may not be null"),
        bad(
            "JSON field twice",
            good + "{\"user\":1,\"item\":2,\"item\":3}\n",
            ":2: field 'item' comes twice; expected it once"),
        bad(
            "JSON id with half a pair",
            good + "{\"user\":\"a\\ud800\",\"item\":2}\n",
            ":2: field 'user' is not valid Unicode: character 2 of it is \\ud800, half of a"
                + " surrogate pair; write both halves or none"),
        bad(
            "JSON nested id",
            good + "{\"user\":{\"id\":1},\"item\":2}\n",
            ":2: field 'user' is an object or array; expected text or a number"),
        bad(
            "two JSON objects on a line",
            good + "{\"user\":1,\"item\":2}{}\n",
            ":2: goes on after the object; expected one object a line"),
        bad(
            "JSON column by number",
            good,
            ReadOptions.defaults().withUser(ColumnChoice.number(1)),
            Kind.USAGE,
            ": JSON fields have no numbers; name the user field, one of user, item"));
  }

  private static Stream<Bad> compressed() {
    byte[] noise = new byte[400_000];
    new Random(1).nextBytes(noise);
    StringBuilder rows = new StringBuilder("user,item\n");
    for (byte b : noise) {
      rows.append(b & 63).append(",").append(b).append('\n');
    }
    byte[] whole = InputFiles.gzip(rows.toString());
    byte[] corrupt = whole.clone();
    Arrays.fill(corrupt, 100, 200, (byte) 0xff);
    byte[] headless = Arrays.copyOfRange(whole, 1, whole.length);
    String damaged = ": the gzip data are damaged; copy or download the file again";
    byte[] bomb = InputFiles.gzip("1,1\n".repeat(8 << 20));
    return Stream.of(
        bad(
            "truncated gzip",
            Arrays.copyOf(InputFiles.gzip("user,item\na,b\n"), 20),
            ": the gzip data end too early; copy or download the file" + " again"),
        bad("corrupt gzip", corrupt, damaged),
        bad("text after gzip", followed("c,d\n".getBytes(StandardCharsets.UTF_8)), damaged),
        bad("another gzip that is cut in its header", followed(Arrays.copyOf(whole, 9)), damaged),
        bad("another gzip without its first byte", followed(headless), damaged),
        bad("gzip of nothing", InputFiles.gzip(""), ": is empty; expected rows of user and item"),
        bad(
            "gzip bomb",
            bomb,
            ": the gzip data unpack to more than 100 times their size, which is refused as an"
                + " attack; unpack the file yourself if it is meant"));
  }

  /** A good gzip file and something after it. */
  private static byte[] followed(byte... more) {
    byte[] good = InputFiles.gzip("user,item\na,b\n");
    byte[] all = Arrays.copyOf(good, good.length + more.length);
    System.arraycopy(more, 0, all, good.length, more.length);
    return all;
  }

  private static Stream<Bad> filters() {
    ReadOptions auto = ReadOptions.defaults();
    String rated = "user,item,rating\na,b,1\nc,d,2\n";
    return Stream.of(
        bad(
            "duplicate pair",
            "user,item\na,b\nc,d\na,b\na,b\n",
            auto.withDuplicates(ReadOptions.Duplicates.FAIL),
            Kind.BAD_DATA,
            ": user 'a' has item 'b' 3 times; duplicates are set to fail; remove them, or keep one,"
                + " or sum them"),
        bad(
            "all below the minimum rating",
            rated,
            auto.withMinRating(4),
            Kind.BAD_DATA,
            ": no pair is left of 2 rows: 0 are bad and 2 are rated below the minimum; lower the"
                + " minimum rating"),
        bad(
            "minimum rating without ratings",
            "user,item\na,b\n",
            auto.withMinRating(4),
            Kind.USAGE,
            ": a minimum rating is given, but there is no rating column (user = column 1 (user),"
                + " item = column 2 (item)); name it, or leave the minimum out"),
        bad(
            "empty core",
            rated,
            auto.withMinDegrees(2, 1),
            Kind.BAD_DATA,
            ": no pair is left of 2: no users with at least 2 and items with at least 1 pairs hold"
                + " each other up; lower the minimum degrees"),
        bad(
            "too many bad rows",
            "user,item\na,\na,b\n,c\n",
            auto.withBadRows(BadRowPolicy.skip(1)),
            Kind.BAD_DATA,
            ":4:1: user is empty; every row needs a user; this is bad row number 2, and at most 1"
                + " are tolerated; mend the file or raise the cap"),
        bad(
            "nothing but bad rows",
            "user,item\na,\n",
            auto.withBadRows(BadRowPolicy.skip(9)),
            Kind.BAD_DATA,
            ": no pair is left of 1 rows: 1 are bad and 0 are rated below the minimum; check the"
                + " format and the columns"));
  }

  @Test
  void missingFile() {
    Path file = directory.resolve("no.csv");
    assertRefused(
        file,
        Kind.IO,
        file
            + ": cannot be read: there is no such file or directory; check the path, its"
            + " permissions and the disk");
  }

  @Test
  void directoryInsteadOfFile() {
    assertRefused(directory, Kind.IO, directory + ": is a directory; name a file in it");
  }

  private static void assertRefused(Path file, Kind kind, String message) {
    TamisException refusal =
        catchThrowableOfType(TamisException.class, () -> InteractionFile.read(file));
    assertThat(refusal.getMessage()).isEqualTo(message);
    assertThat(refusal.kind()).isEqualTo(kind);
  }

  private static Bad bad(String name, String content, String message) {
    return bad(name, content.getBytes(StandardCharsets.UTF_8), message);
  }

  private static Bad bad(String name, byte[] content, String message) {
    return new Bad(name, content, ReadOptions.defaults(), Kind.BAD_DATA, message);
  }

  private static Bad bad(
      String name, String content, ReadOptions options, Kind kind, String message) {
    return new Bad(name, content.getBytes(StandardCharsets.UTF_8), options, kind, message);
  }
}
