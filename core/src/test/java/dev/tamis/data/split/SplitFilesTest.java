package dev.tamis.data.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tamis.config.TamisException;
import dev.tamis.data.HeldOut;
import dev.tamis.data.IdMap;
import dev.tamis.data.Interactions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Splits as files, and splits that come as files. */
class SplitFilesTest {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {"random:0.7:0.2", "leave-one-out", "temporal:0.8:0.1", "heldout-users:40"})
  void whatIsWrittenIsReadBack(String text) {
    Interactions data = RandomData.of(200, 60, 25, 3, true);
    Splitter splitter = Splitters.parse(text);
    SplitData split = splitter.split(data, 4);
    SplitFiles.write(directory, split, SplitManifest.of(splitter, 4, data, split), true);
    SplitData back = SplitFiles.read(directory);
    assertThat(back.train().fingerprint()).isEqualTo(split.train().fingerprint());
    assertSame(back.test(), split.test());
    assertThat(back.validation().isPresent()).isEqualTo(split.validation().isPresent());
    split.validation().ifPresent(v -> assertSame(back.validation().orElseThrow(), v));
    assertThat(back.notes()).isEmpty();
  }

  private static void assertSame(HeldOut a, HeldOut b) {
    assertThat(a.trained()).isEqualTo(b.trained());
    assertThat(a.unreachable()).isEqualTo(b.unreachable());
    for (int side = 0; side < 2; side++) {
      Interactions x = side == 0 ? a.input() : a.target();
      Interactions y = side == 0 ? b.input() : b.target();
      assertThat(x.users().sameAs(y.users())).isTrue();
      assertThat(x.items().sameAs(y.items())).isTrue();
      assertThat(x.rowStart()).isEqualTo(y.rowStart());
      assertThat(x.itemIds()).isEqualTo(y.itemIds());
    }
  }

  @Test
  void theManifestSaysHowItWasMade() throws IOException {
    Interactions data = RandomData.of(20, 60, 25, 3, true);
    Splitter splitter = Splitters.parse("random:0.8");
    SplitData split = splitter.split(data, 4);
    SplitFiles.write(directory, split, SplitManifest.of(splitter, 4, data, split), false);
    assertThat(Files.readString(directory.resolve("split.json")))
        .isEqualTo(
            "{\"format\":1,\"protocol\":\"random:0.8\",\"seed\":4,\"fingerprint\":\""
                + data.fingerprint()
                + "\",\"train\":"
                + split.train().size()
                + ",\"validation\":0,\"test\":"
                + split.test().target().size()
                + "}\n");
    assertThat(Files.readString(directory.resolve("test.tsv"))).startsWith("user\titem\trating\t");
  }

  @Test
  void anEarlierSplitIsReplacedWhole() {
    Interactions data = RandomData.of(50, 60, 25, 3, true);
    for (String text : new String[] {"heldout-users:10", "random:0.7:0.2", "random:0.6"}) {
      Splitter splitter = Splitters.parse(text);
      SplitData split = splitter.split(data, 4);
      boolean gzip = text.equals("random:0.7:0.2");
      SplitFiles.write(directory, split, SplitManifest.of(splitter, 4, data, split), gzip);
      SplitData back = SplitFiles.read(directory);
      assertThat(back.train().size()).isEqualTo(split.train().size());
      assertThat(back.validation().isPresent()).isEqualTo(split.validation().isPresent());
      assertThat(back.test().trained()).isEqualTo(split.test().trained());
    }
  }

  @Test
  void anEarlierSplitStaysWhereTheNewOneCannotBeWritten() throws IOException {
    Splitter splitter = Splitters.parse("random:0.8");
    Interactions data = RandomData.of(20, 60, 25, 3, true);
    SplitData split = splitter.split(data, 4);
    SplitManifest manifest = SplitManifest.of(splitter, 4, data, split);
    SplitFiles.write(directory, split, manifest, false);
    Files.createDirectory(directory.resolve("test.tsv.gz"));
    SplitData other = Splitters.parse("random:0.6").split(data, 4);
    assertThatThrownBy(() -> SplitFiles.write(directory, other, manifest, true))
        .hasMessageContaining("test.tsv.gz is a directory");
    assertThat(SplitFiles.read(directory).train().size()).isEqualTo(split.train().size());
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("split.json", "test.tsv", "test.tsv.gz", "train.tsv");
    }
  }

  @Test
  void givenFilesAreBroughtToTheTrainingIds() {
    Interactions train = pairs("a:x,y b:x,z c:y");
    Interactions validation = pairs("a:z");
    Interactions test = pairs("a:q,x b:y,z d:x,y e:q");
    SplitData split = GivenSplit.of(train, Optional.of(validation), test);
    HeldOut found = split.test();
    assertThat(found.trained()).isTrue();
    assertThat(found.input().itemIds()).containsExactly(0, 1, 2, 0, 2, 1);
    assertThat(found.target().rowStart()).containsExactly(0, 0, 1, 1);
    assertThat(found.target().itemIds()).containsExactly(1);
    assertThat(found.unreachable()).containsExactly(1, 0, 0);
    assertThat(found.relevant(0)).isOne();
    assertThat(split.notes())
        .containsExactly(
            "2 users of the test data, with 3 pairs, are left out: they are not in the training"
                + " data",
            "1 pairs of the test data have items that are not in the training data; they count as"
                + " missed",
            "2 pairs of the test data are left out: they are in the training or validation data"
                + " as well");
  }

  @Test
  void foldedInUsersAreKnownByTheirInput() {
    Interactions train = pairs("a:x,y b:z");
    HeldOuts.Aligned aligned =
        HeldOuts.foldIn(train.items(), pairs("d:q,x e:z"), pairs("d:z,r e:x f:y"));
    HeldOut found = aligned.heldOut();
    assertThat(found.trained()).isFalse();
    assertThat(found.input().itemIds()).containsExactly(0, 2);
    assertThat(found.target().itemIds()).containsExactly(2, 0);
    assertThat(found.unreachable()).containsExactly(1, 0);
    assertThat(aligned.unknownUsers()).isOne();
    assertThat(aligned.unknownUserPairs()).isOne();
  }

  @Test
  void refusesADirectoryWithoutASplit() {
    assertThatThrownBy(() -> SplitFiles.read(directory))
        .isInstanceOf(TamisException.class)
        .hasMessage(directory + ": has no split.json; name a directory written by 'split'");
  }

  /** Reads "user:item,item user:item". */
  private static Interactions pairs(String text) {
    String[] rows = text.split(" ");
    java.util.TreeSet<String> items = new java.util.TreeSet<>();
    java.util.TreeSet<String> users = new java.util.TreeSet<>();
    int size = 0;
    for (String row : rows) {
      users.add(row.split(":")[0]);
      for (String item : row.split(":")[1].split(",")) {
        items.add(item);
        size++;
      }
    }
    IdMap itemMap = IdMap.of(items);
    int[] start = new int[rows.length + 1];
    int[] ids = new int[size];
    int count = 0;
    for (int u = 0; u < rows.length; u++) {
      String[] row = rows[u].split(":")[1].split(",");
      for (String item : row) {
        ids[count++] = itemMap.index(item);
      }
      java.util.Arrays.sort(ids, start[u], count);
      start[u + 1] = count;
    }
    return new Interactions(IdMap.of(users), itemMap, start, ids, null, null);
  }
}
