package dev.tamis.data.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tamis.data.Interactions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left out is counted, and what is kept is right. */
class ImportReportTest {
  @TempDir Path directory;

  @Test
  void duplicatesAreMergedAndCounted() {
    String text = "user,item,rating,ts\na,x,1,30\na,x,3,10\na,x,2,20\nb,x,5,1\n";
    Imported kept = read(text, ReadOptions.defaults());
    assertThat(kept.report().duplicates()).isEqualTo(2);
    assertThat(kept.interactions().ratings().orElseThrow()).containsExactly(3f, 5f);
    assertThat(kept.interactions().timestamps().orElseThrow()).containsExactly(30, 1);
    Imported summed = read(text, ReadOptions.defaults().withDuplicates(ReadOptions.Duplicates.SUM));
    assertThat(summed.interactions().ratings().orElseThrow()).containsExactly(6f, 5f);
  }

  @Test
  void minimumRatingComesAfterDuplicates() {
    String text = "user,item,plays\na,x,1\na,x,2\nb,x,2\nc,y,-4\n";
    Imported summed =
        read(
            text,
            ReadOptions.defaults().withDuplicates(ReadOptions.Duplicates.SUM).withMinRating(3));
    assertThat(summed.report().pairs()).isEqualTo(1);
    assertThat(summed.report().belowMinRating()).isEqualTo(2);
    assertThat(summed.interactions().users().size()).isEqualTo(1);
    assertThat(summed.interactions().items().size()).isEqualTo(1);
    assertThat(summed.report().core()).isEqualTo(new ImportReport.Core(0, 0, 0, 0));
  }

  @Test
  void coreIsTheLargestAndTakesAsManyRoundsAsNeeded() {
    // A chain hanging on a square: c - z falls first, then what it held up.
    String text = "user,item\na,x\na,y\nb,x\nb,y\nc,y\nc,z\n";
    Imported core = read(text, ReadOptions.defaults().withMinDegrees(2, 2));
    assertThat(core.report().pairs()).isEqualTo(4);
    assertThat(core.report().core()).isEqualTo(new ImportReport.Core(1, 1, 2, 2));
  }

  @Test
  void coreAgreesWithRemovingOneByOne() {
    Random random = new Random(5);
    StringBuilder text = new StringBuilder("user,item\n");
    boolean[][] has = new boolean[60][60];
    for (int i = 0; i < 900; i++) {
      int user = random.nextInt(60);
      int item = (int) (60 * random.nextDouble() * random.nextDouble());
      has[user][item] = true;
      text.append(user).append(',').append(item).append('\n');
    }
    int expected = naiveCore(has, 5, 6);
    assertThat(expected).isPositive();
    Interactions core =
        read(text.toString(), ReadOptions.defaults().withMinDegrees(5, 6)).interactions();
    assertThat(core.size()).isEqualTo(expected);
    for (int u = 0; u < core.userCount(); u++) {
      assertThat(core.degree(u)).isGreaterThanOrEqualTo(5);
    }
    for (int count : core.itemCounts()) {
      assertThat(count).isGreaterThanOrEqualTo(6);
    }
  }

  private static int naiveCore(boolean[][] has, int minUser, int minItem) {
    boolean again = true;
    while (again) {
      again = false;
      for (int k = 0; k < 60; k++) {
        int row = 0;
        int column = 0;
        for (int j = 0; j < 60; j++) {
          row += has[k][j] ? 1 : 0;
          column += has[j][k] ? 1 : 0;
        }
        for (int j = 0; j < 60; j++) {
          again |= row < minUser && has[k][j] || column < minItem && has[j][k];
          has[k][j] &= row >= minUser;
          has[j][k] &= column >= minItem;
        }
      }
    }
    int left = 0;
    for (boolean[] row : has) {
      for (boolean there : row) {
        left += there ? 1 : 0;
      }
    }
    return left;
  }

  @Test
  void badRowsAreCountedAndTheFirstAreKept() {
    StringBuilder text = new StringBuilder("user,item\na,b\n");
    for (int i = 0; i < 25; i++) {
      text.append("c,\n");
    }
    Imported read =
        read(text.toString(), ReadOptions.defaults().withBadRows(BadRowPolicy.skip(25)));
    ImportReport report = read.report();
    assertThat(report.rows()).isEqualTo(26);
    assertThat(report.badRowCount()).isEqualTo(25);
    assertThat(report.badRows()).hasSize(20);
    assertThat(report.badRows().get(0))
        .isEqualTo(new BadRow(3, 2, "item is empty; every row needs an item"));
    assertThat(report.users()).isEqualTo(1);
  }

  @Test
  void quarantineKeepsTheBadRows() throws IOException {
    Path file = directory.resolve("bad.tsv");
    Imported read =
        read(
            "user\titem\na\tb\n\tc\nd\te\tf\n",
            ReadOptions.defaults().withBadRows(BadRowPolicy.quarantine(file, 9)));
    assertThat(read.report().pairs()).isEqualTo(1);
    Path source = directory.resolve("data");
    assertThat(Files.readString(file))
        .isEqualTo(
            source
                + ":3\tuser is empty; every row needs a user\t\tc\n"
                + source
                + ":4\thas 3 columns, but the first row has 2; check separators and quotes\td\te"
                + "\tf\n");
  }

  /** Files that are read under one policy share it; another run begins it anew. */
  @Test
  void quarantineTakesTheBadRowsOfSeveralFiles() throws IOException {
    Path file = directory.resolve("bad.tsv");
    Path first = InputFiles.text(directory, "first", "user\titem\na\tb\n\tc\n");
    Path second = InputFiles.text(directory, "second", "user\titem\na\tb\nd\t\n");
    for (int run = 0; run < 2; run++) {
      ReadOptions options = ReadOptions.defaults().withBadRows(BadRowPolicy.quarantine(file, 1));
      InteractionFile.read(first, options);
      InteractionFile.read(second, options);
    }
    assertThat(Files.readString(file))
        .isEqualTo(
            first
                + ":3\tuser is empty; every row needs a user\t\tc\n"
                + second
                + ":3\titem is empty; every row needs an item\td\t\n");
  }

  @Test
  void quarantineKeepsQuotesAndBrokenJson() throws IOException {
    Path file = directory.resolve("bad.tsv");
    ReadOptions options = ReadOptions.defaults().withBadRows(BadRowPolicy.quarantine(file, 9));
    read("user,item\na,b\n\"x,\"\"y\",\n", options);
    assertThat(Files.readString(file)).endsWith("\t\"x,\"\"y\",\n");
    read("{\"user\":1,\"item\":2}\n{\"user\": \n", options);
    assertThat(Files.readString(file)).contains(":2\tis no JSON").endsWith("\t{\"user\": \n");
  }

  @Test
  void whatLooksWrongIsSaid() {
    Imported read =
        read(
            "user,item,rating,timestamp\n a,b,0,1700000000000\nc,d ,0,1700000000001\n",
            ReadOptions.defaults());
    assertThat(read.report().warnings())
        .containsExactly(
            "all ratings are 0.0: the rating column says nothing",
            "2 rows are rated 0 and count as interactions; give a minimum rating if not",
            "timestamps up to 1700000000001 look like milliseconds; their order is right, but"
                + " seconds were expected",
            "2 ids begin or end with a space, such as ' a'; they are kept as they are");
  }

  @Test
  void figuresAreRight() {
    ImportReport report =
        read("user,item,rating\na,x,1\na,y,2\nb,x,3\n", ReadOptions.defaults()).report();
    assertThat(report.format()).isEqualTo(Format.CSV);
    assertThat(report.separator()).isEqualTo(",");
    assertThat(report.header()).isTrue();
    assertThat(report.columns())
        .containsExactly(
            "user = column 1 (user)", "item = column 2 (item)", "rating = column 3 (rating)");
    assertThat(report.rows()).isEqualTo(3);
    assertThat(report.density()).isEqualTo(0.75);
    assertThat(report.userDegrees()).isEqualTo(new ImportReport.Quantiles(1, 1, 1, 2, 2, 2, 2));
    assertThat(report.warnings()).isEmpty();
  }

  @Test
  void theFormatIsFoundDespiteOtherSeparatorsInTheText() {
    assertThat(
            read("user\titem\ttitle\na\tb\tOne, two\n", ReadOptions.defaults()).report().format())
        .isEqualTo(Format.TSV);
    ImportReport semicolons =
        read("user;item;rating\na;b;4.5\nc;d, e;3\n", ReadOptions.defaults()).report();
    assertThat(semicolons.separator()).isEqualTo(";");
    assertThat(read("7,9\n7,8\n", ReadOptions.defaults()).report().header()).isFalse();
    assertThat(
            read("client,thing\n7,8\n", ReadOptions.defaults().withHeader(ReadOptions.Header.NO))
                .report()
                .rows())
        .isEqualTo(2);
  }

  private Imported read(String text, ReadOptions options) {
    return InteractionFile.read(InputFiles.text(directory, "data", text), options);
  }
}
