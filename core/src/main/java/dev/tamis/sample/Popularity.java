package dev.tamis.sample;

/** How often an item was seen in training, turned into the weight with which it is drawn. */
public enum Popularity {
  /** The count. */
  COUNT {
    @Override
    double weight(int count) {
      return count;
    }
  },
  /** {@code ln(1 + count)}: one of three in PRIS (section 4.2). */
  LOG {
    @Override
    double weight(int count) {
      return StrictMath.log1p(count);
    }
  },
  /** {@code count^0.75}, after word2vec. */
  POWER {
    @Override
    double weight(int count) {
      return StrictMath.pow(count, 0.75);
    }
  };

  abstract double weight(int count);

  /** [items] the weight of each item; 0 for one that was never seen. */
  public double[] weights(int[] counts) {
    double[] weights = new double[counts.length];
    for (int i = 0; i < counts.length; i++) {
      weights[i] = weight(counts[i]);
    }
    return weights;
  }
}
