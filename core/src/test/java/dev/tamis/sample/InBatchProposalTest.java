package dev.tamis.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tamis.data.Interactions;
import dev.tamis.math.ChiSquare;
import dev.tamis.math.Garbage;
import dev.tamis.math.Matrix;
import dev.tamis.math.Rng;
import dev.tamis.model.Batch;
import dev.tamis.model.Candidates;
import dev.tamis.model.Pass;
import dev.tamis.sample.EnrolledProposals.Enrolled;
import dev.tamis.sample.proposal.BatchProposal;
import dev.tamis.sample.proposal.MixedBatchProposal;
import dev.tamis.train.PairBatches;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What proposals keep whose candidates are of the batch. */
class InBatchProposalTest {
  private static final int ROWS = 30;
  private static final Interactions TRAIN = SmallData.longTailed(90, 60, 12, 1);

  static Stream<Enrolled> proposals() {
    return EnrolledProposals.IN_BATCH.stream();
  }

  private final PairBatches batches = new PairBatches(TRAIN, ROWS);
  private final Batch batch = batches.newBatch();

  private Candidates room(Proposal proposal) {
    int width = proposal.ofBatch(batch.rows);
    Candidates c = new Candidates(Candidates.Layout.SHARED, ROWS, proposal.ofBatch(ROWS), ROWS);
    c.width = width;
    c.begin(batch);
    return c;
  }

  private Candidates drawn(Proposal proposal, long step) {
    Candidates c = room(proposal);
    Matrix q = new Matrix(ROWS, 1);
    proposal.propose(batch, 0, batch.rows, q, c, new Pass(17, 0, step), new Rng());
    return c;
  }

  private static Proposal begun(Enrolled enrolled) {
    Proposal proposal = enrolled.make().apply(TRAIN);
    proposal.refresh((dev.tamis.model.ItemTable) null, 3, 0, null);
    return proposal;
  }

  @ParameterizedTest
  @MethodSource("proposals")
  void nothingStaysWithTheThreadThatDrew(Enrolled enrolled) throws InterruptedException {
    batches.shuffle(5, 0);
    batches.fill(batch, 0);
    Garbage.assertThatOf(
        () -> {
          Proposal proposal = begun(enrolled);
          drawn(proposal, 1);
          return List.of(proposal);
        });
  }

  /** Any place, of a batch drawn anew each time. */
  @ParameterizedTest
  @MethodSource("proposals")
  void candidatesFollowTheProbabilities(Enrolled enrolled) {
    Proposal proposal = begun(enrolled);
    double[] p = proposal.probabilities(0, null);
    assertThat(Arrays.stream(p).sum()).isCloseTo(1, within(1e-12));
    long[] counts = new long[TRAIN.itemCount()];
    Rng rng = Rng.keyed(1, dev.tamis.math.Stream.DEMO, 0, 0);
    for (int epoch = 0; epoch < 40_000; epoch++) {
      batches.shuffle(5, epoch);
      batches.fill(batch, 0);
      counts[drawn(proposal, epoch).ids[rng.nextInt(proposal.ofBatch(ROWS))]]++;
    }
    ChiSquare.assertFollows(counts, p);
  }

  @ParameterizedTest
  @MethodSource("proposals")
  void listBeginsWithThePositivesOfAnyBatchAndLogQIsOfTheItem(Enrolled enrolled) {
    Proposal proposal = begun(enrolled);
    batches.shuffle(5, 0);
    for (long b : new long[] {0, batches.batchesPerEpoch() - 1}) {
      batches.fill(batch, b);
      Candidates c = drawn(proposal, b);
      assertThat(c.width).isEqualTo(proposal.ofBatch(batch.rows));
      float[] ofItem = new float[TRAIN.itemCount()];
      for (int j = 0; j < c.width; j++) {
        assertThat(j >= batch.rows || c.ids[j] == batch.posIds[j]).isTrue();
        assertThat(ofItem[c.ids[j]] == 0 || ofItem[c.ids[j]] == c.logQ[j]).isTrue();
        ofItem[c.ids[j]] = c.logQ[j];
      }
      for (int r = 0; r < batch.rows; r++) {
        assertThat(Float.isNaN(c.posLogQ[r])).isEqualTo(!proposal.exactLogQ());
        assertThat(!proposal.exactLogQ() || c.posLogQ[r] == c.logQ[r]).isTrue();
      }
    }
    assertThat(batch.rows).as("a short batch").isBetween(1, ROWS - 1);
  }

  @ParameterizedTest
  @MethodSource("proposals")
  void candidatesDoNotDependOnTheRangesAskedFor(Enrolled enrolled) {
    Proposal proposal = begun(enrolled);
    batches.shuffle(5, 0);
    batches.fill(batch, 0);
    Candidates whole = drawn(proposal, 4);
    Candidates parts = room(proposal);
    for (int from : new int[] {20, 0, 10}) {
      proposal.propose(
          batch, from, from + 10, new Matrix(ROWS, 1), parts, new Pass(17, 0, 4), new Rng());
    }
    assertThat(parts.ids).isEqualTo(whole.ids);
    assertThat(parts.logQ).isEqualTo(whole.logQ);
  }

  /** Also where there are not as many of one kind as of the other. */
  @ParameterizedTest
  @ValueSource(ints = {0, 7, 30, 200})
  void mixtureIsExact(int uniform) {
    batches.shuffle(5, 0);
    for (long b : new long[] {0, batches.batchesPerEpoch() - 1}) {
      batches.fill(batch, b);
      Candidates c = drawn(new MixedBatchProposal(TRAIN, uniform, false, true), 3);
      Candidates plain = drawn(new BatchProposal(TRAIN, new CountedFrequency(TRAIN), true), 3);
      int[] counts = TRAIN.itemCounts();
      double rows = batch.rows;
      for (int j = 0; j < c.width; j++) {
        double share = (double) counts[c.ids[j]] / TRAIN.size();
        double mixture =
            rows / (rows + uniform) * share + uniform / (rows + uniform) / counts.length;
        assertThat((double) c.logQ[j]).isCloseTo(Math.log(mixture), within(1e-6));
      }
      for (int r = 0; r < batch.rows; r++) {
        assertThat(c.posLogQ[r]).isEqualTo(plain.posLogQ[r]);
        assertThat(uniform > 0 || Math.abs(c.logQ[r] - plain.logQ[r]) < 1e-6).isTrue();
      }
    }
  }
}
