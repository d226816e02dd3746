package dev.tamis.lab.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DistributionsTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0.5",
    "1, 0.8413447460685429",
    "1.959963984540054, 0.975",
    "2.9999, 0.998649658717045",
    "3.0001, 0.9986505450867393",
    "-4, 3.167124183311986e-5",
    "-8, 6.22096057427178e-16",
    "-37, 5.725571222525139e-300",
  })
  void normal(double x, double probability) {
    assertThat(Normal.cdf(x)).isCloseTo(probability, within(probability * 1e-9));
    if (x > -8) {
      assertThat(Normal.quantile(probability)).isCloseTo(x, within(1e-6));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0.975, 12.706204736432095",
    "2, 0.975, 4.302652729911275",
    "5, 0.975, 2.570581835636314",
    "10, 0.95, 1.812461122811676",
    "30, 0.8, 0.8537673",
    "30, 0.995, 2.749995653567231",
    "120, 0.975, 1.979930405052777",
    "1000000, 0.975, 1.959966",
  })
  void studentT(double freedom, double probability, double t) {
    assertThat(StudentT.quantile(probability, freedom)).isCloseTo(t, within(1e-6));
    assertThat(StudentT.quantile(1 - probability, freedom)).isCloseTo(-t, within(1e-6));
    assertThat(StudentT.twoSided(-t, freedom)).isCloseTo(2 * (1 - probability), within(1e-7));
  }

  /** Two degrees of freedom have a closed form; a number that is not whole lies between. */
  @Test
  void studentTWithTwoDegreesOfFreedomIsTheClosedForm() {
    for (double t = -20; t <= 20; t += 0.37) {
      double closed = 0.5 + t / (2 * StrictMath.sqrt(2 + t * t));
      assertThat(StudentT.cdf(t, 2)).isCloseTo(closed, within(1e-12));
      assertThat(StudentT.cdf(Math.abs(t), 2.5))
          .isBetween(StudentT.cdf(Math.abs(t), 2), StudentT.cdf(Math.abs(t), 3));
    }
  }

  @Test
  void noQuantileOfWhatIsNoProbability() {
    for (double wrong : new double[] {0, 1, -0.1, Double.NaN}) {
      assertThatThrownBy(() -> Normal.quantile(wrong)).hasMessageContaining("no quantile");
    }
  }

  /**
   * Sorted, 0.005 0.01 0.03 0.04 times 4, 3, 2, 1 are 0.02 0.03 0.06 0.04; the last cannot fall.
   */
  @Test
  void holmByHand() {
    assertThat(Holm.corrected(new double[] {0.01, 0.04, 0.03, 0.005}))
        .containsExactly(new double[] {0.03, 0.06, 0.06, 0.02}, within(1e-15));
    assertThat(Holm.corrected(new double[] {0.6, 0.7})).containsExactly(1, 1);
    assertThat(Holm.corrected(new double[0])).isEmpty();
  }
}
