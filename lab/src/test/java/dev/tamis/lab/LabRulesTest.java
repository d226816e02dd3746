package dev.tamis.lab;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The rules of the house, as {@code ArchitectureTest} has them for the core. */
class LabRulesTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.tamis.lab");

  @Test
  void theLabIsAboveTheCoreAndKnowsNoInterface() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "tools.jackson.core..",
            "dev.tamis.kernels..",
            "dev.tamis.math..",
            "dev.tamis.config..",
            "dev.tamis.data..",
            "dev.tamis.rank..",
            "dev.tamis.model..",
            "dev.tamis.train..",
            "dev.tamis.eval..",
            "dev.tamis.artifact..",
            "dev.tamis.method..",
            "dev.tamis.lab..")
        .check(CLASSES);
  }

  @Test
  void resultsComeFromOurGeneratorAndFromMathematicsWithSpecifiedBits() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.util.Random")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.util.SplittableRandom")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom")
        .check(CLASSES);
    for (String name :
        new String[] {"exp", "log", "log10", "log1p", "sin", "cos", "tanh", "cbrt"}) {
      noClasses().should().callMethod(Math.class, name, double.class).check(CLASSES);
    }
    noClasses().should().callMethod(Math.class, "pow", double.class, double.class).check(CLASSES);
    noClasses().should().callMethod(Math.class, "random").check(CLASSES);
  }

  @Test
  void theLabNeitherPrintsNorExits() {
    noClasses()
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(System.class, "exit", int.class)
        .check(CLASSES);
  }
}
