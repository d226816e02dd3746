package dev.tamis.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** Generated data and models of it in a directory, made through the command line. */
final class Fixture {
  final Path directory;
  final Path interactions;
  final Path items;
  final Path popular;
  final Path bpr;

  Fixture(Path directory) {
    this.directory = directory;
    Path data = directory.resolve("data");
    Cli.run("generate", data.toString(), "--users", "80", "--items", "50", "--seed", "3")
        .succeeds();
    interactions = data.resolve("interactions.tsv.gz");
    items = data.resolve("items.tsv");
    popular = directory.resolve("popular");
    bpr = directory.resolve("bpr");
    train(popular, "--method", "most-popular").succeeds();
    train(bpr, "--method", "bpr", "--epochs", "3", "--set", "dim=8", "--items", items.toString())
        .succeeds();
  }

  /** Trains on the generated data with some more arguments. */
  Cli train(Path out, String... more) {
    String[] args = new String[4 + more.length];
    args[0] = "train";
    args[1] = interactions.toString();
    args[2] = "--out";
    args[3] = out.toString();
    System.arraycopy(more, 0, args, 4, more.length);
    return Cli.run(args);
  }

  /** A file with a text in it. */
  Path file(String name, String text) {
    try {
      return Files.writeString(directory.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The first user of the generated data. */
  String someUser() {
    return field(interactions, 0);
  }

  /** The first item of the generated data. */
  String someItem() {
    return field(interactions, 1);
  }

  private static String field(Path file, int column) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      lines.readLine(); // the header
      return lines.readLine().split("\t")[column];
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
