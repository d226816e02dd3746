package dev.tamis.model.tower;

import dev.tamis.kernels.Gemm;
import dev.tamis.kernels.Kernels;
import dev.tamis.math.Matrix;
import dev.tamis.model.Table;
import java.util.Arrays;

/**
 * {@code out = activation(in W + b)} for all rows of a block.
 *
 * @param weights [inputs x outputs]
 * @param bias [1 x outputs]
 */
record DenseLayer(Table weights, Table bias, Activation activation) {
  /** Fills {@code out} for the rows of {@code in}. */
  void forward(Gemm gemm, Matrix in, Matrix out) {
    out.rows = in.rows;
    int inputs = weights.rows();
    int outputs = weights.width();
    gemm.nn(
        in.rows,
        outputs,
        inputs,
        in.data,
        0,
        inputs,
        weights.values(),
        0,
        outputs,
        out.data,
        0,
        outputs,
        false);
    for (int r = 0; r < out.rows; r++) {
      Kernels.axpy(1, bias.values(), 0, out.data, out.at(r), outputs);
    }
    activation.apply(out.data, 0, out.rows * outputs);
  }

  /**
   * From the gradient of the output, which is overwritten, to those of weights, bias and input.
   *
   * @param dIn the gradient of the input, or null if nobody needs it
   */
  void backward(
      Gemm gemm, Matrix in, Matrix out, Matrix dOut, float[] dWeights, float[] dBias, Matrix dIn) {
    int inputs = weights.rows();
    int outputs = weights.width();
    activation.differentiate(out.data, 0, dOut.data, 0, out.rows * outputs);
    gemm.tn(
        inputs, outputs, out.rows, in.data, 0, inputs, dOut.data, 0, outputs, dWeights, 0, outputs,
        false);
    Arrays.fill(dBias, 0);
    for (int r = 0; r < out.rows; r++) {
      Kernels.axpy(1, dOut.data, dOut.at(r), dBias, 0, outputs);
    }
    if (dIn != null) {
      dIn.rows = out.rows;
      gemm.nt(
          out.rows,
          inputs,
          outputs,
          dOut.data,
          0,
          outputs,
          weights.values(),
          0,
          outputs,
          dIn.data,
          0,
          inputs,
          false);
    }
  }
}
