package dev.tamis.method;

/**
 * A method whose negatives are the positives of a batch.
 *
 * @param <O> its options
 */
interface InBatchMethod<O extends Record> extends TowerMethod<O> {
  /** Those of its options that all such methods have. */
  InBatchOptions inBatch(O options);

  @Override
  default PairOptions pair(O options) {
    return inBatch(options).training();
  }

  @Override
  default TowerOptions towers(O options) {
    return inBatch(options).towers();
  }

  @Override
  default int candidatesOfBatch(O options) {
    return inBatch(options).batchSize();
  }
}
