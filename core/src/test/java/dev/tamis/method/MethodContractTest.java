package dev.tamis.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.tamis.artifact.TrainedModel;
import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import dev.tamis.config.TamisException;
import dev.tamis.data.Interactions;
import dev.tamis.kernels.Workers;
import dev.tamis.rank.Query;
import dev.tamis.rank.Ranked;
import dev.tamis.rank.Recommender;
import dev.tamis.sample.SmallData;
import dev.tamis.train.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every method keeps. A method is enrolled by being listed in {@link Methods}. */
class MethodContractTest {
  private static final Set<String> DRAWS_NOTHING =
      Set.of("most-popular", "ease", "slim", "item-knn");

  static Stream<Named<Method<?>>> methods() {
    return Methods.all().stream().map(m -> Named.of(m.name(), m));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void resultDoesNotDependOnThreads(Method<?> method) {
    Interactions train = SmallData.longTailed(70, 50, 12, 1);
    Settings settings = SmallRuns.settings(method);
    TrainedModel one = SmallRuns.fit(method, settings, train, Run.seeded(6).withThreads(1));
    for (int threads : new int[] {2, 4}) {
      TrainedModel more =
          SmallRuns.fit(method, settings, train, Run.seeded(6).withThreads(threads));
      assertThat(SmallRuns.values(more)).isDeepEqualTo(SmallRuns.values(one));
    }
    assertThat(one.options()).isEqualTo(settings.complete(method.options()));
    assertThat(one.method()).isEqualTo(method.name());
    assertThat(one.seed()).isEqualTo(6);
    assertThat(one.model().ranksUnseenUsers()).isEqualTo(method.ranksUnseenUsers());
    assertThat(one.fingerprint()).isEqualTo(train.fingerprint());
    boolean epochs = one.options().containsKey("epochs");
    assertThat(one.epochs()).isEqualTo(epochs ? 4 : 0);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void anotherSeedGivesAnotherResultUnlessNothingIsDrawn(Method<?> method) {
    Interactions train = SmallData.longTailed(70, 50, 12, 1);
    Settings settings = SmallRuns.settings(method);
    float[][] one = SmallRuns.values(SmallRuns.fit(method, settings, train, Run.seeded(6)));
    float[][] other = SmallRuns.values(SmallRuns.fit(method, settings, train, Run.seeded(7)));

    assertThat(Arrays.deepEquals(one, other)).isEqualTo(DRAWS_NOTHING.contains(method.name()));
  }

  /** Even users have even items, odd users odd ones; each lacks one, and must be given it. */
  @ParameterizedTest
  @MethodSource("methods")
  void itemMissingFromACheckerboardIsRecommended(Method<?> method) {
    assumeFalse(method instanceof MostPopular, "all items are equally popular");
    int n = 24;
    Interactions train = SmallData.where(n, n, (u, i) -> (u + i) % 2 == 0 && u != i);
    // Without L2: where the item missing is often drawn as a negative, it is near the others
    // anyway.
    Settings settings =
        SmallRuns.settings(
            method,
            "epochs",
            "120",
            "batch-size",
            "8",
            "learning-rate",
            "0.02",
            "gmf-dim",
            "5",
            "hidden-layers",
            "8", // more layers learn by heart that what is missing was drawn as a negative
            "l2",
            "0");
    TrainedModel trained = SmallRuns.fit(method, settings, train, Run.seeded(3));
    try (Workers workers = new Workers(1)) {
      Recommender recommender = new Recommender(trained.model(), workers);
      for (int u = 0; u < n; u++) {
        int[] history =
            Arrays.copyOfRange(train.itemIds(), train.rowStart()[u], train.rowStart()[u + 1]);
        Ranked ranked = recommender.recommend(Query.ofUser(u, history), 1);
        assertThat(ranked.itemsOf(0)[0]).as("user %d", u).isEqualTo(u);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void optionsAreReadBackFromTheirTexts(Method<?> method) {
    for (Settings settings : List.of(Settings.none(), SmallRuns.settings(method))) {
      Map<String, String> texts = settings.complete(method.options());
      Settings again = Settings.parse("method", method.options(), texts);

      assertThat(again.complete(method.options())).isEqualTo(texts);
      assertThat(method.read(again)).isEqualTo(method.read(settings));
    }
    for (Option<?> option : method.options()) {
      assertDefaultIsReadBack(option);
    }
  }

  private static <T> void assertDefaultIsReadBack(Option<T> option) {
    assertThat(option.parse(option.format(option.defaultValue()))).isEqualTo(option.defaultValue());
  }

  /** Each option reaches the record that the method is trained with. */
  @ParameterizedTest
  @MethodSource("methods")
  void everyOptionCounts(Method<?> method) {
    for (Option<?> option : method.options()) {
      Map<String, String> texts = new TreeMap<>();
      if (option.name().equals("shared-negatives")) {
        texts.put("sampler", "uniform"); // rows cannot share what is drawn by their queries
      }
      Settings without = Settings.parse("method", method.options(), texts);
      texts.put(option.name(), anotherValue(option));
      Settings with = Settings.parse("method", method.options(), texts);

      assertThat(method.read(with))
          .as("option %s", option.name())
          .isNotEqualTo(method.read(without));
    }
  }

  private static String anotherValue(Option<?> option) {
    Stream<String> words =
        Arrays.stream(option.allowed().replace("one of ", "").replace(" or ", ", ").split(", "));
    return Stream.concat(words, Stream.of("3", "0.125", "0.5", "1"))
        .filter(text -> allows(option, text))
        .findFirst()
        .orElseThrow();
  }

  private static boolean allows(Option<?> option, String text) {
    try {
      return !option.parse(text).equals(option.defaultValue());
    } catch (TamisException e) {
      return false;
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void optionThatItHasNotIsRefused(Method<?> method) {
    Settings alien = Settings.none().with(Option.flag("of-another", true, "nothing"), false);

    assertThatThrownBy(() -> method.read(alien))
        .isInstanceOfSatisfying(
            TamisException.class, e -> assertThat(e.kind()).isEqualTo(TamisException.Kind.CONFIG))
        .hasMessageStartingWith("unknown option 'of-another' for method '" + method.name() + "'");
  }

  @ParameterizedTest
  @MethodSource("methods")
  void aliasesAreUnambiguous(Method<?> method) {
    List<String> names =
        method.options().stream()
            .flatMap(o -> Stream.concat(Stream.of(o.name()), o.aliases().stream()))
            .toList();

    assertThat(names).doesNotHaveDuplicates();
  }

  /**
   * The plan counts what training holds, to a factor of 1.35; what it calls "about" may be far too
   * much. No table is so large that the collector gives it whole regions, which would count as
   * held.
   */
  @ParameterizedTest
  @MethodSource("methods")
  void memoryPlanIsAboutWhatIsHeld(Method<?> method) {
    Interactions train = SmallData.longTailed(1500, 1500, 12, 1);
    Settings settings =
        SmallRuns.settings(
            method,
            "epochs",
            "1",
            "dim",
            "80",
            "hidden",
            "80",
            "latent",
            "40",
            "batch-size",
            "300");
    HeldBytes.assertPlanned(method, settings, train);
  }

  @Test
  void everyMethodIsListed() throws IOException, ClassNotFoundException {
    List<Class<?>> listed = Methods.all().stream().<Class<?>>map(Object::getClass).toList();
    try (Stream<Path> files = Files.list(Path.of("src/main/java/dev/tamis/method"))) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString().replace(".java", "");
        if (Files.isRegularFile(file) && !name.equals("package-info")) {
          Class<?> type = Class.forName("dev.tamis.method." + name);
          boolean method = Method.class.isAssignableFrom(type) && !type.isInterface();
          assertThat(!method || listed.contains(type))
              .as("add 'new %s()' to the list in Methods.java", name)
              .isTrue();
        }
      }
    }
  }

  @Test
  void methodsAreNamedInKebabCaseAndSayWhatTheyAre() {
    assertThat(Methods.all().stream().map(Method::name)).doesNotHaveDuplicates();
    for (Method<?> method : Methods.all()) {
      assertThat(method.name()).matches("[a-z0-9]+(-[a-z0-9]+)*");
      assertThat(method.summary()).endsWith(".");
      assertThat(method.citation()).isNotBlank();
      assertThat(Methods.named(method.name())).isSameAs(method);
    }
  }

  @Test
  void unknownMethodIsRefusedWithTheNearest() {
    assertThatThrownBy(() -> Methods.named("mult-ave"))
        .isInstanceOfSatisfying(
            TamisException.class, e -> assertThat(e.kind()).isEqualTo(TamisException.Kind.USAGE))
        .hasMessageStartingWith("there is no method 'mult-ave'; did you mean 'mult-vae'? (known: ");
  }
}
