package dev.tamis.model.tower;

import dev.tamis.kernels.Gemm;
import dev.tamis.kernels.Kernels;
import dev.tamis.math.Matrix;
import dev.tamis.model.Table;

/**
 * {@code out = activation(in W + b)} for all rows of a block.
 *
 * @param weights [inputs x outputs]
 * @param bias [1 x outputs]
 */
public record DenseLayer(Table weights, Table bias, Activation activation) {
  /** Fills {@code out} for the rows of {@code in}. */
  public void forward(Gemm gemm, Matrix in, Matrix out) {
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
   * Those of weights and bias are added to what is there, row by row in order, so blocks of rows
   * one after another add up to the bits of one block of them all.
   *
   * @param dWeights the gradient of the weights begins at {@code weightsAt}
   * @param dBias that of the bias begins at {@code biasAt}
   * @param dIn the gradient of the input, or null if nobody needs it
   */
  public void backward(
      Gemm gemm,
      Matrix in,
      Matrix out,
      Matrix dOut,
      float[] dWeights,
      int weightsAt,
      float[] dBias,
      int biasAt,
      Matrix dIn) {
    int inputs = weights.rows();
    int outputs = weights.width();
    activation.differentiate(out.data, 0, dOut.data, 0, out.rows * outputs);
    gemm.tn(
        inputs, outputs, out.rows, in.data, 0, inputs, dOut.data, 0, outputs, dWeights, weightsAt,
        outputs, true);
    for (int r = 0; r < out.rows; r++) {
      Kernels.axpy(1, dOut.data, dOut.at(r), dBias, biasAt, outputs);
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
