package dev.tamis;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules of the house that can be checked. */
class ArchitectureTest {
  private static final String ROOT = "dev.tamis.";

  /** A package may use itself and those before it. */
  private static final List<String> ORDER =
      List.of(
          "kernels",
          "config",
          "math",
          "data",
          "rank",
          "solve",
          "model",
          "sample",
          "objective",
          "optim",
          "train",
          "eval",
          "artifact",
          "serve",
          "method",
          "lab",
          "cli");

  private static final Set<String> HOT =
      Set.of("kernels", "math", "rank", "solve", "model", "sample", "objective", "optim", "train");

  private static final Set<String> BOXES =
      Set.of("java.lang.Integer", "java.lang.Long", "java.lang.Float", "java.lang.Double");

  private static final Pattern FORBIDDEN_NAME =
      Pattern.compile("(Abstract|Base)[A-Z].*|.*(Impl|Utils?|Manager|Helper)");

  private static final int MAX_LINES = 600;

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.tamis");

  @Test
  void theRulesSeeTheClasses() {
    assertThat(CLASSES.size()).isGreaterThan(50);
    assertThat(CLASSES.stream().map(ArchitectureTest::packageOf))
        .contains("kernels", "config", "artifact");
  }

  @Test
  void everyPackageHasItsPlaceInTheOrder() {
    assertThat(CLASSES.stream().map(ArchitectureTest::packageOf).distinct()).isSubsetOf(ORDER);
  }

  @Test
  void aPackageUsesOnlyThoseBeforeIt() {
    assertThat(
            dependencies(
                anything(),
                (from, to) ->
                    to.getName().startsWith(ROOT)
                        && ORDER.indexOf(packageOf(to)) > ORDER.indexOf(packageOf(from))))
        .isEmpty();
  }

  @Test
  void noPackagesNeedEachOther() {
    slices().matching("dev.tamis.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void onlyKernelsKnowTheVectorModule() {
    assertThat(
            dependencies(
                c -> !packageOf(c).equals("kernels"),
                (from, to) -> to.getName().startsWith("jdk.incubator")))
        .isEmpty();
  }

  @Test
  void hotPackagesHaveNoStreams() {
    assertThat(
            dependencies(
                c -> HOT.contains(packageOf(c)),
                (from, to) -> to.getName().startsWith("java.util.stream")))
        .isEmpty();
  }

  @Test
  void hotPackagesKeepNoNumbersAsObjects() {
    Set<String> wrong = new TreeSet<>();
    for (JavaClass c : CLASSES) {
      // Records hold options and shapes, which are read once; numbers by name are a report.
      if (HOT.contains(packageOf(c)) && !c.isRecord()) {
        for (JavaField field : c.getFields()) {
          boolean vector = field.getRawType().getName().startsWith("jdk.incubator");
          boolean report = field.getRawType().isAssignableTo(Map.class) && isByName(field);
          if (!vector
              && !report
              && field.getType().getAllInvolvedRawTypes().stream()
                  .anyMatch(type -> BOXES.contains(type.getName()))) {
            wrong.add(field.getFullName());
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** A thread would keep its value, and what that refers to, when the object is long gone. */
  @Test
  void noObjectHasAThreadLocalOfItsOwn() {
    Set<String> wrong = new TreeSet<>();
    for (JavaClass c : CLASSES) {
      for (JavaField field : c.getFields()) {
        boolean ofTheClass = field.getModifiers().contains(JavaModifier.STATIC);
        if (!ofTheClass && field.getRawType().isAssignableTo(ThreadLocal.class)) {
          wrong.add(field.getFullName());
        }
      }
    }
    assertThat(wrong).as("use PerThread").isEmpty();
  }

  private static boolean isByName(JavaField map) {
    return map.getType().getAllInvolvedRawTypes().stream()
        .anyMatch(type -> type.isEquivalentTo(String.class));
  }

  @Test
  void randomNumbersComeFromOurGeneratorOnly() {
    Set<String> others =
        Set.of(
            "java.util.Random",
            "java.util.SplittableRandom",
            "java.util.concurrent.ThreadLocalRandom",
            "java.security.SecureRandom",
            "java.util.random.RandomGenerator");
    assertThat(dependencies(anything(), (from, to) -> others.contains(to.getName()))).isEmpty();
    assertThat(
            accesses(
                anything(),
                (owner, name) -> owner.equals("java.lang.Math") && name.equals("random")))
        .isEmpty();
  }

  @Test
  void mathematicsHasSpecifiedBits() {
    Set<String> unspecified =
        Set.of(
            "exp", "expm1", "log", "log10", "log1p", "pow", "sin", "cos", "tan", "asin", "acos",
            "atan", "atan2", "sinh", "cosh", "tanh", "cbrt", "hypot");
    assertThat(
            accesses(
                library(),
                (owner, name) -> owner.equals("java.lang.Math") && unspecified.contains(name)))
        .as("use Kernels or StrictMath")
        .isEmpty();
  }

  @Test
  void theLibraryNeitherPrintsNorExits() {
    assertThat(
            accesses(
                library(),
                (owner, name) ->
                    owner.equals("java.lang.System") && Set.of("out", "err", "exit").contains(name)
                        || owner.equals("java.lang.Runtime")
                            && Set.of("exit", "halt").contains(name)
                        || name.equals("printStackTrace")))
        .isEmpty();
  }

  @Test
  void noDataBecomesCode() {
    assertThat(
            dependencies(
                anything(),
                (from, to) ->
                    Set.of(
                                "java.io.ObjectInputStream",
                                "java.io.ObjectOutputStream",
                                "java.beans.XMLDecoder",
                                "java.net.URLClassLoader")
                            .contains(to.getName())
                        || to.getName().startsWith("javax.script.")))
        .isEmpty();
    assertThat(
            accesses(
                anything(),
                (owner, name) ->
                    owner.equals("java.lang.Class") && name.equals("forName")
                        || name.equals("loadClass")
                        || name.equals("defineClass")))
        .isEmpty();
  }

  @Test
  void namesSayWhatAThingIs() {
    assertThat(
            CLASSES.stream()
                .filter(c -> FORBIDDEN_NAME.matcher(c.getSimpleName()).matches())
                .map(JavaClass::getName))
        .isEmpty();
    assertThat(FORBIDDEN_NAME.matcher("FooHelper").matches()).isTrue();
    assertThat(FORBIDDEN_NAME.matcher("Baseline").matches()).isFalse();
  }

  @Test
  void filesAreShortAndWellNamed() throws IOException {
    Set<String> wrong = new TreeSet<>();
    List<Path> sources = sources();
    for (Path source : sources) {
      String name = source.getFileName().toString().replace(".java", "");
      if (FORBIDDEN_NAME.matcher(name).matches()) {
        wrong.add(source + " has a name that says nothing");
      }
      int lines = Files.readAllLines(source).size();
      if (lines > MAX_LINES) {
        wrong.add(source + " has " + lines + " lines; at most " + MAX_LINES + " are allowed");
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(sources).hasSizeGreaterThan(50);
  }

  /** The sources of all modules. */
  private static List<Path> sources() throws IOException {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(root.resolve("kernels/src"))) {
      root = root.getParent();
      assertThat(root).as("the directory of the project").isNotNull();
    }
    try (Stream<Path> files = Files.find(root, 20, (file, a) -> isSource(file))) {
      return files.sorted().toList();
    }
  }

  private static boolean isSource(Path file) {
    String path = file.toString().replace('\\', '/');
    return path.endsWith(".java") && path.contains("/src/") && !path.contains("/target/");
  }

  private static Set<String> dependencies(
      Predicate<JavaClass> of, BiPredicate<JavaClass, JavaClass> wrong) {
    Set<String> found = new TreeSet<>();
    for (JavaClass from : CLASSES) {
      for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
        if (of.test(from) && wrong.test(from, dependency.getTargetClass())) {
          found.add(dependency.getDescription());
        }
      }
    }
    return found;
  }

  /** Calls, field accesses and method references whose target's owner and name are wrong. */
  private static Set<String> accesses(Predicate<JavaClass> of, BiPredicate<String, String> wrong) {
    Set<String> found = new TreeSet<>();
    for (JavaClass from : CLASSES) {
      for (var access : from.getAccessesFromSelf()) {
        if (of.test(from)
            && wrong.test(access.getTargetOwner().getName(), access.getTarget().getName())) {
          JavaMember origin = access.getOrigin();
          found.add(origin.getFullName() + ": " + access.getDescription());
        }
      }
    }
    return found;
  }

  private static Predicate<JavaClass> anything() {
    return c -> true;
  }

  private static Predicate<JavaClass> library() {
    return c -> !packageOf(c).equals("cli");
  }

  private static String packageOf(JavaClass c) {
    String below = c.getPackageName().substring(ROOT.length());
    return below.contains(".") ? below.substring(0, below.indexOf('.')) : below;
  }
}
