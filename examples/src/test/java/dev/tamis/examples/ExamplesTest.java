package dev.tamis.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tamis.data.generate.DataGenerator;
import dev.tamis.data.generate.GeneratorOptions;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every example runs and prints five items with their scores. */
class ExamplesTest {
  @Test
  void trainsFromAFileAndRecommends(@TempDir Path directory) {
    var data = DataGenerator.generate(GeneratorOptions.defaults().withUsers(200).withItems(100));
    data.write(directory);
    String user = data.interactions().users().id(0);
    Path file = directory.resolve("interactions.tsv.gz");
    Path model = directory.resolve("model");
    String printed =
        printedBy(
            () -> TrainAndRecommend.main(new String[] {file.toString(), model.toString(), user}));
    assertThat(printed.lines()).hasSize(5).allMatch(line -> line.matches("\\S+\\t-?\\d.*"));
  }

  @Test
  void ranksForANewUser() {
    String printed = printedBy(() -> RankForNewUser.main(new String[0]));
    assertThat(printed.lines()).hasSize(5).allMatch(line -> line.matches("\\S+\\t-?\\d.*"));
  }

  private static String printedBy(Runnable program) {
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      program.run();
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
