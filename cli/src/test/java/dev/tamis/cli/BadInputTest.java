package dev.tamis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is said when the command line or a file is wrong: the message names what was given and what
 * to do, and the exit code tells the kind. {@link Cli} sees to it that no stack trace shows.
 */
@TestInstance(Lifecycle.PER_CLASS)
class BadInputTest {
  private static final int USAGE = 2;
  private static final int BAD_DATA = 65;
  private static final int UNAVAILABLE = 69;
  private static final int CANNOT_CREATE = 73;
  private static final int IO = 74;
  private static final int CONFIG = 78;

  @TempDir private static Path directory;
  private Fixture fixture;

  @BeforeAll
  void makeModels() {
    fixture = new Fixture(directory);
  }

  /** A mistake: what it is called, its arguments, the exit code and parts of the message. */
  record Mistake(String name, List<String> args, int code, String... message) {
    @Override
    public String toString() {
      return name;
    }
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void mistakesAreExplained(Mistake mistake) {
    Cli.run(mistake.args().toArray(String[]::new)).fails(mistake.code(), mistake.message());
  }

  private Stream<Mistake> mistakes() {
    List<Mistake> all = new ArrayList<>();
    usage(all);
    comparing(all);
    training(all);
    files(all);
    models(all);
    assertThat(all).hasSizeGreaterThan(50);
    return all.stream();
  }

  private void comparing(List<Mistake> all) {
    String start = "compare DATA --out DIR/c --methods bpr,pris";
    all.add(of("nothing to compare", USAGE, "compare DATA --out DIR/c", "--methods"));
    all.add(of("no place", USAGE, "compare DATA --methods bpr", "--out"));
    all.add(of("method twice", USAGE, start + ",bpr", "'bpr' takes part twice", "other=bpr"));
    all.add(of("no such method", USAGE, start + ",priss", "did you mean 'pris'?"));
    all.add(of("odd name", USAGE, start + ",a/b=bpr", "NAME=METHOD"));
    all.add(of("option of none", CONFIG, start + " --set latent=3", "has an option 'latent'"));
    all.add(
        of(
            "option of nobody",
            CONFIG,
            start + " --set brp.dim=3",
            "'brp' does not take part; did"));
    all.add(of("value of an option", CONFIG, start + " --set bpr.dim=0", "'dim' must be"));
    all.add(of("seed twice", USAGE, start + " --seeds 1,1", "--seeds has a seed twice"));
    all.add(of("seed of letters", USAGE, start + " --seeds 1,x", "'x' is not a whole number"));
    all.add(of("budget without unit", USAGE, start + " --budget 30", "a time such as 90s"));
    all.add(of("budget of nothing", USAGE, start + " --budget 0m", "a time such as 90s"));
    all.add(of("too few resamples", CONFIG, start + " --resamples 5", "from 100"));
    all.add(of("half an assertion", USAGE, start + " --assert bpr", "--assert needs two names"));
    all.add(of("assertion of none", USAGE, start + " --assert bpr>x", "'x' does not take part"));
    all.add(of("against nobody", USAGE, start + " --against x", "'x' does not take part"));
    all.add(
        of(
            "assertion of another pair",
            USAGE,
            start + ",dns --against dns --assert bpr>pris",
            "does not compare"));
    all.add(of("metric of none", CONFIG, start + " --metric ndgc@5", "did you mean 'ndcg'?"));
    all.add(
        of(
            "patience without validation",
            USAGE,
            start + " --split random:0.8 --patience 3",
            "are about validation data"));
    all.add(of("validation alone", USAGE, start + " --valid DATA", "compare needs test data"));
    all.add(
        of(
            "users that a method does not know",
            CONFIG,
            start + " --split heldout-users:10",
            "ranks only users it was trained on"));
  }

  private void usage(List<Mistake> all) {
    all.add(of("verb with a typo", USAGE, "tran x", "unknown verb 'tran'; did you mean 'train'?"));
    all.add(of("no such verb", USAGE, "explode", "unknown verb 'explode'", "known: demo"));
    all.add(
        of("option with a typo", USAGE, "demo --usres 10", "'--usres'; did you mean '--users'?"));
    all.add(of("word for a number", USAGE, "demo --users many", "'many' is not a whole number"));
    all.add(of("fraction for a number", USAGE, "demo --users 1.5", "'1.5' is not a whole number"));
    all.add(of("number too large", USAGE, "demo --users 99999999999", "is not a whole number"));
    all.add(of("no users", USAGE, "demo --users 0", "users is 0"));
    all.add(of("negative items", USAGE, "generate DIR/g --items -5", "items is -5"));
    all.add(of("no threads", USAGE, "demo --threads 0", "--threads must be from 1 to 1024"));
    all.add(of("value missing", USAGE, "demo --seed", "--seed"));
    all.add(of("file missing", USAGE, "train --method bpr --out DIR/m", "INTERACTIONS"));
    all.add(of("method missing", USAGE, "train DATA --out DIR/m", "--method"));
    all.add(of("one too many", USAGE, "verify BPR BPR", "one argument too many"));
    all.add(of("no such method", USAGE, "methods most-poplar", "did you mean 'most-popular'?"));
    all.add(
        of(
            "two kinds of test data",
            USAGE,
            "evaluate BPR --test DATA --negatives DATA",
            "leave one of the two out"));
    all.add(
        of("neither user nor history", USAGE, "recommend BPR", "either --user ID or --history"));
    all.add(of("both user and history", USAGE, "recommend BPR --user 1 --history 2", "either"));
    all.add(of("k of zero", USAGE, "recommend BPR --user 1 -k 0", "-k must be from 1"));
    all.add(of("item missing", USAGE, "similar BPR", "--item"));
    all.add(
        of(
            "sampler with a typo",
            USAGE,
            "samplers BPR --sampler uniform,cluster-popularty",
            "there is no sampler 'cluster-popularty'; did you mean 'cluster-popularity'?",
            "known: uniform"));
    all.add(
        of(
            "option of no sampler",
            CONFIG,
            "samplers BPR --set cluster=5",
            "has an option 'cluster'; did you mean 'clusters'?"));
    all.add(of("option of none", CONFIG, "samplers BPR --set clusters=0", "'clusters' must be"));
    all.add(of("nobody to look at", USAGE, "samplers BPR --users 0", "users must be from 1"));
    all.add(of("draws of none", USAGE, "samplers BPR --draws 0", "draws must be from 1"));
    all.add(of("estimate of one", USAGE, "samplers BPR --replicates 1", "replicates must be"));
    all.add(of("a size of zero", USAGE, "samplers BPR --sizes 5,0", "sizes must be from 1"));
    all.add(of("size that is none", USAGE, "samplers BPR --sizes 5,x", "'x' is not a whole"));
    all.add(of("time of nothing", USAGE, "samplers BPR --time-sizes 0", "--time-sizes must be"));
    all.add(
        of(
            "page in a file",
            CANNOT_CREATE,
            "samplers BPR --html " + fixture.file("no-place", "x") + "/page.html",
            "--html",
            "is a file"));
    all.add(
        of(
            "cut-offs that are none",
            USAGE,
            "evaluate BPR --test DATA --at ten",
            "--at needs cut-offs"));
    all.add(
        of(
            "cut-off of zero",
            USAGE,
            "evaluate BPR --test DATA --at 0",
            "a cut-off of --at must be"));
    all.add(
        of(
            "no such metric",
            CONFIG,
            "evaluate BPR --test DATA --metrics ndgc",
            "did you mean 'ndcg'?"));
  }

  private void training(List<Mistake> all) {
    all.add(train("method with a typo", USAGE, "--method bprr", "did you mean 'bpr'?"));
    all.add(train("no such option", CONFIG, "--method bpr --set dims=4", "did you mean 'dim'?"));
    all.add(train("value not allowed", CONFIG, "--method bpr --set dim=0", "'dim' must be", "'0'"));
    all.add(train("value of another type", CONFIG, "--method bpr --set dim=big", "'big'"));
    all.add(train("no value", USAGE, "--method bpr --set dim", "--set needs OPTION=VALUE"));
    all.add(train("an option twice", USAGE, "--method bpr --set dim=2 --set dim=3", "given twice"));
    all.add(
        train("by alias again", CONFIG, "--method bpr --set dim=2 --set factors=3", "given twice"));
    all.add(
        train("epochs twice", USAGE, "--method bpr --epochs 2 --set epochs=3", "the same option"));
    all.add(train("epochs of none", USAGE, "--method most-popular --epochs 3", "has no epochs"));
    all.add(train("patience alone", USAGE, "--method bpr --patience 3", "there is none"));
    all.add(train("resume alone", USAGE, "--method bpr --resume", "--resume needs --checkpoint"));
    all.add(
        train(
            "split with a typo", USAGE, "--method bpr --split randm:0.8", "did you mean 'random"));
    all.add(train("share above one", USAGE, "--method bpr --split random:8", "8"));
    all.add(
        train("split and test", USAGE, "--method bpr --split random:0.8 --test DATA", "--split"));
    all.add(
        train(
            "memory", CONFIG, "--method bpr --set dim=4096 --max-memory 1M", "Raise --max-memory"));
    all.add(train("size of nothing", USAGE, "--method bpr --max-memory lots", "such as 512M"));
    all.add(train("no such column", USAGE, "--method bpr --user-column nobody", "nobody"));
    all.add(train("format with a typo", USAGE, "--method bpr --format cvs", "did you mean 'csv'?"));
    all.add(train("degree of zero", USAGE, "--method bpr --min-user-degree 0", "1 or more"));
    all.add(train("all filtered", BAD_DATA, "--method bpr --min-user-degree 1000", "min"));
    all.add(train("no titles", IO, "--method bpr --items DIR/none", "none"));
    Path notAModel = fixture.file("not-a-model.txt", "x");
    all.add(
        of(
            "output is a file",
            CANNOT_CREATE,
            "train DATA --method bpr --out " + notAModel,
            "not-a-model.txt",
            "file"));
    all.add(
        of(
            "output is a directory of something else",
            CANNOT_CREATE,
            "train DATA --method bpr --out DIR/data",
            "not",
            "model"));
  }

  private void files(List<Mistake> all) {
    all.add(of("no such file", IO, "import DIR/none.csv", "none.csv"));
    all.add(of("a directory", IO, "import DIR", "directory"));
    all.add(file("empty file", "", "is empty"));
    all.add(file("header only", "user,item\n", "no"));
    all.add(file("one column", "a\nb\nc\n", "column"));
    all.add(file("an empty user", "user,item\n,1\n", ":2"));
    all.add(file("a missing field", "user,item,rating\na,b,1\na,c\n", ":3"));
    all.add(file("a rating that is none", "user,item,rating\na,b,good\n", ":2", "good"));
    all.add(file("a negative rating", "user,item,rating\na,b,-1\n", ":2", "-1"));
    all.add(file("a rating that is not finite", "user,item,rating\na,b,NaN\n", ":2", "NaN"));
    all.add(file("an open quote", "user,item\n\"a,b\nc,d\n", "quote"));
    all.add(file("a NUL", "user,item\na\0,b\n", ":2"));
  }

  private void models(List<Mistake> all) {
    all.add(of("no such model", UNAVAILABLE, "recommend DIR/none --user 1", "none"));
    all.add(
        of(
            "a model that is a file",
            BAD_DATA,
            "recommend DATA --user 1",
            "a model is a directory"));
    all.add(of("a directory without a model", BAD_DATA, "verify DIR/data", "manifest.json"));
    all.add(
        of("unknown user", BAD_DATA, "recommend BPR --user nobody", "user 'nobody' is not among"));
    all.add(of("unknown user, any history", BAD_DATA, "recommend POP --user nobody", "--history"));
    all.add(of("history for a model of users", USAGE, "recommend BPR --history ITEM", "mult-vae"));
    all.add(
        of(
            "unknown history",
            BAD_DATA,
            "recommend POP --history x,y",
            "no item of the history",
            "'x'"));
    all.add(
        of("unknown item", BAD_DATA, "similar BPR --item nothing", "item 'nothing' is not among"));
    all.add(of("no vectors", USAGE, "similar POP --item ITEM", "no vectors to compare"));
    all.add(
        of(
            "samplers of a model without vectors",
            USAGE,
            "samplers POP",
            "'most-popular' and kind 'popularity'",
            "kinds 'factors' and 'encoder', whose score"));
    all.add(of("no model to draw for", UNAVAILABLE, "samplers BPR DIR/none", "none"));
    all.add(of("no test file", IO, "evaluate BPR --test DIR/none.tsv", "none.tsv"));
    Path damaged = damaged();
    all.add(of("damaged model", BAD_DATA, "verify " + damaged, "tensors.safetensors"));
    all.add(
        of(
            "damaged model in use",
            BAD_DATA,
            "recommend " + damaged + " --user 1",
            "tensors.safetensors"));
  }

  private Path damaged() {
    Path copy = directory.resolve("damaged");
    try {
      Files.createDirectory(copy);
      try (Stream<Path> files = Files.list(fixture.bpr)) {
        for (Path file : files.toList()) {
          Files.copy(file, copy.resolve(file.getFileName()));
        }
      }
      Path tensors = copy.resolve("tensors.safetensors");
      byte[] bytes = Files.readAllBytes(tensors);
      bytes[bytes.length / 2] ^= 4;
      Files.write(tensors, bytes);
      return copy;
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private Mistake train(String name, int code, String args, String... message) {
    return of(name, code, "train DATA --out DIR/never " + args, message);
  }

  private Mistake file(String name, String content, String... message) {
    Path file = fixture.file(name.replace(' ', '-') + ".csv", content);
    return of(name, BAD_DATA, "import " + file, message);
  }

  private Mistake of(String name, int code, String args, String... message) {
    List<String> words = new ArrayList<>();
    for (String word : args.split(" ")) {
      words.add(
          word.replace("DATA", fixture.interactions.toString())
              .replace("BPR", fixture.bpr.toString())
              .replace("POP", fixture.popular.toString())
              .replace("ITEM", fixture.someItem())
              .replace("DIR", directory.toString()));
    }
    return new Mistake(name, words, code, message);
  }
}
