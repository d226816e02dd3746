package dev.tamis.train;

import dev.tamis.kernels.Kernels;
import dev.tamis.model.Table;

/**
 * How sure a logistic model is that a pair is a true one, from -1 to 1: {@code 2 sigmoid(u . v_i +
 * b_i) - 1} (IRGAN: Wang et al., SIGIR 2017, section 3.2).
 *
 * @param users [users x width]
 * @param items [items x width]
 * @param bias [items x 1]
 */
public record DiscriminatorReward(Table users, Table items, Table bias) implements Reward {
  @Override
  public void reward(int user, int[] ids, int count, float[] out) {
    int at = users.at(user);
    int width = items.width();
    Kernels.dotRows(users.values(), at, items.values(), width, ids, 0, count, out, 0);
    for (int k = 0; k < count; k++) {
      out[k] += bias.values()[ids[k]];
    }
    Kernels.sigmoid(out, 0, out, 0, count);
    for (int k = 0; k < count; k++) {
      out[k] = 2 * out[k] - 1;
    }
  }
}
