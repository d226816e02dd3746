package dev.tamis.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tamis.data.generate.DataGenerator;
import dev.tamis.data.generate.GeneratorOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every example runs and prints five items with their scores, and the texts show no other code. */
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

  /** What the texts show of Java is compiled here. */
  @Test
  void everyLineOfJavaInTheTextsIsInAnExample() throws IOException {
    Set<String> known = new HashSet<>();
    try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
      for (Path source : sources.filter(Files::isRegularFile).toList()) {
        Files.readAllLines(source).forEach(line -> known.add(line.strip()));
      }
    }
    List<String> shown = new ArrayList<>();
    for (String text : List.of("../README.md", "../docs/operating.md")) {
      boolean java = false;
      for (String line : Files.readAllLines(Path.of(text))) {
        if (line.startsWith("```")) {
          java = line.equals("```java");
        } else if (java) {
          shown.add(line.strip());
        }
      }
    }
    assertThat(shown).isNotEmpty().isSubsetOf(known);
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
