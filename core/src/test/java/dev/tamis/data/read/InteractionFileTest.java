package dev.tamis.data.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tamis.data.Interactions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One small set of pairs in every layout that is accepted comes out the same. */
class InteractionFileTest {
  private static final String CSV =
      "user,item,rating,timestamp\n01,b b,4.5,100\n1,\u00e9\ud83d\ude00,3,99\n";

  @TempDir Path directory;

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void readsEveryLayout(String name, byte[] content) {
    Path file = InputFiles.bytes(directory, name, content);
    assertSame(InteractionFile.read(file, ReadOptions.defaults()).interactions());
  }

  private static void assertSame(Interactions data) {
    assertThat(ids(data)).containsExactly("01 b b", "1 \u00e9\ud83d\ude00");
    assertThat(data.ratings().orElseThrow()).containsExactly(4.5f, 3f);
    assertThat(data.timestamps().orElseThrow()).containsExactly(100, 99);
  }

  static Stream<Arguments> readsEveryLayout() {
    String tsv = CSV.replace(',', '\t');
    String json =
        "{\"time\":100,\"user_id\":\"01\",\"item_id\":\"b b\",\"rating\":4.5,\"x\":[{}]}\n\n"
            + "{\"user_id\":1,\"item_id\":\"\\u00e9\\ud83d\\ude00\",\"rating\":3,\"time\":99}\n";
    String bare = CSV.substring(CSV.indexOf('\n') + 1);
    return Stream.of(
        text("csv", CSV),
        text("csv with byte order mark", "\ufeff" + CSV),
        text("csv with CRLF", CSV.replace("\n", "\r\n")),
        text("csv with CR alone", CSV.replace("\n", "\r")),
        text("csv with blank lines", "\n" + CSV.replace("\n", "\n\n  \n")),
        text("csv without last line end", CSV.stripTrailing()),
        text(
            "csv in quotes",
            "\"user\",\"item\",\"rating\",\"timestamp\"\n"
                + "\"01\",\"b b\",4.5,\"100\"\n"
                + "1,\"\u00e9\ud83d\ude00\",3,99\n"),
        text(
            "csv with a quoted newline elsewhere",
            "user,note,item,rating,ts\n01,\"x\ny\",b b,4.5,100\n1,,\u00e9\ud83d\ude00,3,99\n"),
        text("semicolons", CSV.replace(',', ';')),
        text("bars", CSV.replace(',', '|')),
        text("tsv", tsv),
        text("tsv without header", bare.replace(',', '\t')),
        text("double colon", bare.replace(",", "::")),
        text("csv without header", bare),
        text(
            "atomic file",
            tsv.replace(
                "user\titem\trating\ttimestamp",
                "user_id:token\titem_id:token\trating:float\ttimestamp:float")),
        text("MovieLens header", CSV.replace("user,item", "userId,movieId")),
        text("timestamp with a fraction of zeros", CSV.replace(",100", ",100.0")),
        text("json lines", json),
        Arguments.of("gzip", InputFiles.gzip(CSV)),
        Arguments.of(
            "two gzip members",
            concatenated(
                InputFiles.gzip(CSV.substring(0, 30)), InputFiles.gzip(CSV.substring(30)))),
        Arguments.of("gzip padded with zeros", concatenated(InputFiles.gzip(CSV), new byte[700])),
        text("plain.gz", CSV));
  }

  private static byte[] concatenated(byte[] a, byte[] b) {
    byte[] all = java.util.Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, all, a.length, b.length);
    return all;
  }

  private static Arguments text(String name, String content) {
    return Arguments.of(name, content.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  @Test
  void whitespaceCutsRunsOfSpacesAndTabs() {
    Imported read = read("  u1   i1\nu2\t i2 \n", ReadOptions.defaults());
    assertThat(ids(read.interactions())).containsExactly("u1 i1", "u2 i2");
    assertThat(read.report().format()).isEqualTo(Format.WHITESPACE);
  }

  @Test
  void aQuoteInTsvBelongsToTheField() {
    Imported read = read("user\titem\n\"a\tb\"\"\n\"q\"\tb\n", ReadOptions.defaults());
    assertThat(ids(read.interactions())).containsExactly("\"a b\"\"", "\"q\" b");
    assertThat(read.report().warnings())
        .containsExactly(
            "1 ids are in double quotes, such as '\"q\"'; if the quotes are not meant, read as csv"
                + " with tab");
    ReadOptions quoted = ReadOptions.defaults().withFormat(Format.CSV).withSeparator("tab");
    assertThat(ids(read("user\titem\n\"a\tb\"\tc\n".replace("a\tb", "a b"), quoted).interactions()))
        .containsExactly("a b c");
  }

  @Test
  void columnsAreChosenByNameAndByNumber() {
    String text = "when,what,who,n\n5,i,u,7\n";
    ReadOptions names =
        ReadOptions.defaults()
            .withUser(ColumnChoice.parse("who"))
            .withItem(ColumnChoice.parse("what"))
            .withRating(ColumnChoice.parse("4"))
            .withTimestamp(ColumnChoice.parse("1"));
    Interactions data = read(text, names).interactions();
    assertThat(ids(data)).containsExactly("u i");
    assertThat(data.ratings().orElseThrow()).containsExactly(7f);
    assertThat(data.timestamps().orElseThrow()).containsExactly(5);
    ReadOptions none = names.withRating(ColumnChoice.none()).withTimestamp(ColumnChoice.none());
    assertThat(read(text, none).interactions().ratings()).isEmpty();
    assertThat(read(text, none).interactions().timestamps()).isEmpty();
  }

  @Test
  void withoutHeaderALargeThirdColumnIsATime() {
    Interactions data = read("u,i,1700000000\n", ReadOptions.defaults()).interactions();
    assertThat(data.ratings()).isEmpty();
    assertThat(data.timestamps().orElseThrow()).containsExactly(1700000000L);
  }

  @Test
  void ofColumnsWithOneNameANumberChooses() {
    Path file = InputFiles.text(directory, "twice.csv", "user,item,user,note,note\na,b,c,d,e\n");
    ReadOptions options = ReadOptions.defaults().withUser(ColumnChoice.number(3));
    assertThat(InteractionFile.read(file, options).interactions().users().id(0)).isEqualTo("c");
    Path exact = InputFiles.text(directory, "exact.csv", "User,item,user\na,b,c\n");
    options = ReadOptions.defaults().withUser(ColumnChoice.name("user"));
    assertThat(InteractionFile.read(exact, options).interactions().users().id(0)).isEqualTo("c");
    Path other = InputFiles.text(directory, "other.csv", "user_id,username,item\na,b,c\n");
    assertThat(InteractionFile.read(other).interactions().users().id(0)).isEqualTo("a");
  }

  @Test
  void jsonNumbersAreIdsAsTheyAreWritten() {
    String text = "{\"user\":1,\"item\":1.0}\n{\"user\":1e0,\"item\":true}\n";
    assertThat(ids(read(text, ReadOptions.defaults()).interactions()))
        .containsExactly("1 1.0", "1e0 true");
  }

  @Test
  void theLongestIdIsKept() {
    String longest = "\u00e9".repeat(128);
    assertThat(
            read("user,item\n" + longest + ",i\n", ReadOptions.defaults())
                .interactions()
                .users()
                .id(0))
        .isEqualTo(longest);
  }

  @Test
  void orderOfRowsDoesNotMatter() {
    Random random = new Random(7);
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 40_000; i++) {
      int user = random.nextInt(300);
      int item = (int) (random.nextDouble() * random.nextDouble() * 500);
      rows.add("u" + user + "," + item + "," + random.nextFloat() + "," + random.nextInt());
    }
    for (ReadOptions.Duplicates policy :
        List.of(ReadOptions.Duplicates.KEEP_ONE, ReadOptions.Duplicates.SUM)) {
      ReadOptions options =
          ReadOptions.defaults().withDuplicates(policy).withMinRating(0.2).withMinDegrees(10, 12);
      ImportReport first = null;
      String fingerprint = null;
      for (int shuffle = 0; shuffle < 3; shuffle++) {
        Collections.shuffle(rows, random);
        Imported read = read("user,item,rating,ts\n" + String.join("\n", rows), options);
        first = first == null ? read.report() : first;
        fingerprint = fingerprint == null ? read.interactions().fingerprint() : fingerprint;
        assertThat(read.report()).isEqualTo(first);
        assertThat(read.interactions().fingerprint()).isEqualTo(fingerprint);
      }
      assertThat(first.duplicates()).isPositive();
      assertThat(first.core().pairs()).isPositive();
    }
  }

  private Imported read(String text, ReadOptions options) {
    return InteractionFile.read(InputFiles.text(directory, "data", text), options);
  }

  private static List<String> ids(Interactions data) {
    List<String> pairs = new ArrayList<>();
    for (int u = 0; u < data.userCount(); u++) {
      for (int e = data.rowStart()[u]; e < data.rowStart()[u + 1]; e++) {
        pairs.add(data.users().id(u) + " " + data.items().id(data.itemIds()[e]));
      }
    }
    return pairs;
  }
}
