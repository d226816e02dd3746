package dev.tamis.kernels;

/**
 * The numbers of one Adam step, the same for every element:
 *
 * <pre>
 * g' = g + l2 * w;  m = beta1 * m + (1 - beta1) * g';  v = beta2 * v + (1 - beta2) * g'^2
 * w  = w - stepSize * m / (sqrt(v * vScale) + epsilon)
 * </pre>
 *
 * PyTorch's form has {@code stepSize = rate / (1 - beta1^t)} and {@code vScale = 1 / (1 -
 * beta2^t)}; TensorFlow's has {@code stepSize = rate * sqrt(1 - beta2^t) / (1 - beta1^t)} and
 * {@code vScale = 1}.
 *
 * @param beta1 decay of the first moment; not yet rounded to a float, so that {@code 1 - beta1} is
 *     exact
 * @param beta2 decay of the second moment, likewise
 * @param l2 coupled weight decay, added to the gradient
 */
public record AdamStep(
    double beta1, double beta2, float stepSize, float vScale, float epsilon, float l2) {}
