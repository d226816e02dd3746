package dev.tamis.lab.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DensityTest {
  /** The mass of a density by the rule of trapezes. */
  private static double mass(double[] grid, double[] density) {
    double sum = 0;
    for (int g = 1; g < grid.length; g++) {
      sum += (grid[g] - grid[g - 1]) * (density[g] + density[g - 1]) / 2;
    }
    return sum;
  }

  @Test
  void ofManyNormalValuesIsNearlyTheirs() {
    Rng rng = Rng.keyed(5, Stream.DEMO, 0, 0);
    double[] values = new double[20_000];
    Arrays.setAll(values, i -> 3 + 0.5 * rng.nextGaussian());
    Density densities = new Density(6, 201);
    double[] density = densities.of(values);

    assertThat(mass(densities.grid(), density)).isCloseTo(1, within(1e-3));
    for (int g = 0; g < density.length; g++) {
      double z = (densities.grid()[g] - 3) / 0.5;
      double truth = Math.exp(-z * z / 2) / (0.5 * Math.sqrt(2 * Math.PI));
      assertThat(density[g]).isCloseTo(truth, within(0.03));
    }
  }

  /** Half of a kernel at 0 would be lost. */
  @Test
  void nothingIsLostBelowZero() {
    Density densities = new Density(4, 401);
    double[] nearZero = {0, 0.01, 0.1, 0.15, 0.2, 0.5};

    assertThat(mass(densities.grid(), densities.of(nearZero))).isCloseTo(1, within(1e-3));
  }

  @Test
  void valuesThatAreEqualHaveADensityToo() {
    Density densities = new Density(8, 201);
    for (double[] equal : new double[][] {{0, 0, 0}, {5, 5, 5, 5}, {2}}) {
      double[] density = densities.of(equal);

      assertThat(mass(densities.grid(), density)).isCloseTo(1, within(0.01));
      int highest = 0;
      for (int g = 0; g < density.length; g++) {
        highest = density[g] > density[highest] ? g : highest;
      }
      assertThat(densities.grid()[highest]).isCloseTo(equal[0], within(0.05));
    }
  }
}
