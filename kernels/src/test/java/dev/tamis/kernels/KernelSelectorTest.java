package dev.tamis.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import org.junit.jupiter.api.Test;

class KernelSelectorTest {
  private final List<String> lines = new ArrayList<>();
  private final System.Logger log = new Lines();

  private final class Lines implements System.Logger {
    @Override
    public String getName() {
      return "test";
    }

    @Override
    public boolean isLoggable(Level level) {
      return true;
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
      lines.add(message);
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String format, Object... params) {
      lines.add(format);
    }
  }

  @Test
  void scalarIsScalarEverywhere() {
    assertThat(KernelSelector.select("scalar", true, 25, log).name()).isEqualTo("scalar");
    assertThat(lines).isEmpty();
  }

  @Test
  void autoTakesSimdFromJdk21() {
    assumeThat(KernelSelector.vectorModulePresent()).isTrue();
    assertThat(KernelSelector.select("auto", true, 21, log).name()).startsWith("simd-");
    assertThat(KernelSelector.select("auto", true, 20, log).name()).isEqualTo("scalar");
    assertThat(lines).isEmpty();
  }

  @Test
  void autoNamesTheRemedyOnceWhereSimdCouldHaveBeenUsed() {
    assertThat(KernelSelector.select("auto", false, 25, log).name()).isEqualTo("scalar");
    assertThat(lines).hasSize(1).first().asString().contains("--add-modules jdk.incubator.vector");
  }

  @Test
  void autoIsSilentWhereTheModuleWouldNotHelp() {
    assertThat(KernelSelector.select("auto", false, 17, log).name()).isEqualTo("scalar");
    assertThat(lines).isEmpty();
  }

  @Test
  void forcedSimdIsTakenOnAnyJdkButNotWithoutTheModule() {
    assumeThat(KernelSelector.vectorModulePresent()).isTrue();
    assertThat(KernelSelector.select("simd", true, 17, log).name()).startsWith("simd-");
    assertThatIllegalStateException()
        .isThrownBy(() -> KernelSelector.select("simd", false, 25, log))
        .withMessageContaining("--add-modules jdk.incubator.vector");
  }

  @Test
  void unknownChoiceNamesTheAllowedOnes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KernelSelector.select("avx", true, 25, log))
        .withMessage("tamis.kernels is 'avx', but must be auto, scalar or simd");
  }
}
