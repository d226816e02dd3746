package dev.tamis.train;

import java.util.Optional;

/** Where training leaves its state from time to time. */
public interface Checkpoints {
  /**
   * The state to go on from, if there is one that belongs to this run: same data, method, options,
   * seed and version.
   *
   * @param identity what the run is, one line; a state of another identity is refused
   * @throws dev.tamis.config.TamisException of kind CONFLICT if there is a state but of another run
   */
  Optional<TrainingState> latest(String identity);

  /**
   * Whether it is time to write again. A checkpoint may be skipped at will: a result does not
   * depend on when they are taken.
   */
  boolean due();

  /** Writes a state so that a crash at any instant leaves this one or the one before. */
  void write(String identity, int epoch, TrainingState state);

  /** Keeps nothing. */
  Checkpoints NONE =
      new Checkpoints() {
        @Override
        public Optional<TrainingState> latest(String identity) {
          return Optional.empty();
        }

        @Override
        public boolean due() {
          return false;
        }

        @Override
        public void write(String identity, int epoch, TrainingState state) {}
      };
}
