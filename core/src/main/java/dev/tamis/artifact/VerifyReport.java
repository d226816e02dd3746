package dev.tamis.artifact;

import dev.tamis.config.TamisException;
import java.util.List;

/**
 * What a check of a model directory found.
 *
 * @param id the artifact's id, or an empty text if the manifest could not be read
 * @param formatVersion the version of its format, or 0
 * @param method the method that made the model
 * @param kind the kind of model
 * @param users how many users it knows
 * @param items how many items it scores
 * @param interactions how many pairs of users and items it was trained on
 * @param parameters how many numbers its tables hold
 * @param bytes the length of all files together
 * @param sections what the manifest says of each file
 * @param problems what is wrong, a sentence each; empty if the model is sound
 * @param notes what is unusual but does no harm, such as files that are not part of the model
 */
public record VerifyReport(
    String id,
    int formatVersion,
    String method,
    String kind,
    int users,
    int items,
    int interactions,
    long parameters,
    long bytes,
    List<Section> sections,
    List<String> problems,
    List<String> notes) {
  public VerifyReport {
    sections = List.copyOf(sections);
    problems = List.copyOf(problems);
    notes = List.copyOf(notes);
  }

  /** Whether nothing is wrong. */
  public boolean sound() {
    return problems.isEmpty();
  }

  /**
   * Does nothing if the model is sound.
   *
   * @throws TamisException of kind BAD_DATA with all problems otherwise
   */
  public void requireSound() {
    if (!sound()) {
      throw TamisException.badData(String.join("\n", problems));
    }
  }
}
