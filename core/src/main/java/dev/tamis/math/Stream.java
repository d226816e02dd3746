package dev.tamis.math;

/**
 * What a random number is drawn for. Each purpose has a number of its own, so that no two draws
 * share a key; the numbers are part of the contract that a seed gives the same bytes, and are never
 * used again for something else.
 */
public enum Stream {
  SPLIT(1),
  INITIAL(2),
  ORDER(3),
  NEGATIVES(4),
  DROPOUT(5),
  LATENT(6),
  DEMO(7),
  SAMPLED_EVALUATION(8),
  CLUSTERS(9),
  POOLS(10),
  MEMORIES(11),
  RESAMPLING(14),
  CACHE(15),
  HIDDEN(16),
  ACTIONS(17),
  SAMPLER_PROBE(20),
  FINE_TUNING(30),
  BOOTSTRAP(40),
  SIGN_FLIPS(41),
  TUNING(42);

  private final long number;

  Stream(long number) {
    this.number = number;
  }

  long number() {
    return number;
  }
}
