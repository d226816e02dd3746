package dev.tamis.serve;

import java.util.List;

/**
 * What a model says to a {@link Request}.
 *
 * @param items best first, ties by the smaller id; fewer than were asked for only if no more were
 *     eligible
 * @param historySize how many items the model knows the user or the history to have
 * @param unknownItems the ids of the request that are not in the model's catalogue, as given and in
 *     that order; they were left out
 */
public record Answer(List<RankedItem> items, int historySize, List<String> unknownItems) {
  public Answer {
    items = List.copyOf(items);
    unknownItems = List.copyOf(unknownItems);
  }
}
