package dev.tamis.solve;

import dev.tamis.config.TamisException;

/**
 * Weighted least squares over all pairs of users and items (Hu, Koren, Volinsky 2008, equation 3):
 *
 * <pre>
 * sum over u, i of c_ui (p_ui - x_u . y_i)^2  +  sum of lambda_u |x_u|^2  +  sum of lambda_i |y_i|^2
 * </pre>
 *
 * with {@code p_ui = 1} and confidence {@code c_ui = 1 + alpha r_ui} for pairs in the data, 0 and 1
 * for all others. A row's lambda is {@code lambda * (sum of its confidences)^exponent}: with
 * exponent 0 the same for all, as in the paper; above 0 it grows with how often a row occurs, which
 * Rendle, Krichene, Zhang, Koren (Revisiting the Performance of iALS on Item Recommendation
 * Benchmarks, RecSys 2022, section 3) found better for wide vectors. Their lambda is this one times
 * {@code alpha^(exponent - 1)}, their unobserved weight {@code 1 / alpha}.
 *
 * @param alpha how much more than others a pair with {@code r_ui = 1} counts
 * @param lambda weight of the squared length of a vector
 * @param exponent how lambda grows with the confidences of a row
 */
public record ImplicitLoss(double alpha, double lambda, double exponent) {
  /**
   * @throws TamisException of kind CONFIG if one of them is below 0 or no finite number
   */
  public ImplicitLoss {
    if (!(alpha >= 0 && lambda >= 0 && exponent >= 0)
        || !(alpha + lambda + exponent <= Double.MAX_VALUE)) {
      throw TamisException.config(
          "alpha, lambda and lambda-exponent of least squares must be finite numbers of at least 0,"
              + " but are "
              + alpha
              + ", "
              + lambda
              + " and "
              + exponent);
    }
  }

  /** A row's lambda, from the sum of its confidences over all columns. */
  public double lambdaOf(double confidences) {
    return exponent == 0 ? lambda : lambda * StrictMath.pow(confidences, exponent);
  }

  /** The lambda of row {@code r}. */
  double lambdaOf(SparseRows rows, int r) {
    if (exponent == 0) {
      return lambda;
    }
    double sum = rows.columnCount();
    for (int e = rows.start()[r]; e < rows.start()[r + 1]; e++) {
      sum += alpha * rows.value(e);
    }
    return lambdaOf(sum);
  }
}
