package dev.tamis.model;

import dev.tamis.config.TamisException;
import dev.tamis.model.score.InnerProducts;
import dev.tamis.rank.QueryBlock;
import dev.tamis.solve.DirectSolver;
import dev.tamis.solve.GramMatrix;
import dev.tamis.solve.ImplicitLoss;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Vectors of users and items that were solved by least squares. A trained user has the vector of
 * training. Anybody else is folded in: the vector is the exact solution for the history against the
 * item vectors (Hu, Koren, Volinsky 2008, equation 4), each item of it with the strength that a
 * pair of the training data has on average. Without a history all scores are 0.
 *
 * <p>Folding in costs {@code history width^2 + width^3 / 6} multiply-adds a query; the item
 * vectors' products with each other, {@code items width^2}, are taken once.
 */
public final class LeastSquaresModel implements ServableModel {
  /** The name of this kind of model in an artifact. */
  public static final String KIND = "least-squares";

  /** The names of its tables. */
  public static final String USERS = "users";

  public static final String ITEMS = "items";

  private static final String ALPHA = "alpha";
  private static final String LAMBDA = "lambda";
  private static final String EXPONENT = "lambda-exponent";
  private static final String STRENGTH = "strength";

  private final Table users; // [users x width]
  private final Table items; // [items x width]
  private final ImplicitLoss loss;
  private final double strength;
  private GramMatrix gram; // of the items; made when a history is first folded in

  /**
   * Takes over the tables, users {@code [users x width]} and items {@code [items x width]}.
   *
   * @param loss that the tables were solved for
   * @param strength of a pair of the training data, on average
   * @throws TamisException of kind BAD_DATA if the shapes do not go together, or a number is not
   *     finite or below 0
   */
  public LeastSquaresModel(Table users, Table items, ImplicitLoss loss, double strength) {
    String owner = Restoring.model(KIND);
    this.items = new TableShape(ITEMS, items.rows(), items.width()).of(owner, items);
    this.users = new TableShape(USERS, users.rows(), items.width()).of(owner, users);
    this.loss = loss;
    this.strength = strength;
    for (double number : new double[] {loss.alpha(), loss.lambda(), loss.exponent(), strength}) {
      if (!(number >= 0 && number <= Float.MAX_VALUE)) {
        throw TamisException.badData(
            "a model of kind '"
                + KIND
                + "' needs finite numbers from 0 up, but has "
                + attributes());
      }
    }
  }

  /**
   * The model that {@link #attributes()} and {@link #tables()} described.
   *
   * @throws TamisException of kind BAD_DATA if something is missing, unknown or of a wrong shape
   */
  public static LeastSquaresModel restore(
      SortedMap<String, String> attributes, Map<String, Table> tables) {
    Restoring.refuseUnknown(
        KIND, attributes.keySet(), List.of(ALPHA, LAMBDA, EXPONENT, STRENGTH), "attribute");
    Restoring.refuseUnknown(KIND, tables.keySet(), List.of(USERS, ITEMS), "table");
    return new LeastSquaresModel(
        Restoring.table(KIND, tables, USERS),
        Restoring.table(KIND, tables, ITEMS),
        new ImplicitLoss(
            number(attributes, ALPHA), number(attributes, LAMBDA), number(attributes, EXPONENT)),
        number(attributes, STRENGTH));
  }

  private static double number(SortedMap<String, String> attributes, String name) {
    double number;
    try {
      number = Double.parseDouble(attributes.get(name));
    } catch (NumberFormatException | NullPointerException e) {
      number = Double.NaN; // refused below
    }
    if (!(number >= 0 && number <= Float.MAX_VALUE)) {
      throw TamisException.badData(
          "attribute '"
              + name
              + "' of a model of kind '"
              + KIND
              + "' must be a finite number from 0 up, but is '"
              + attributes.get(name)
              + "'");
    }
    return number;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public SortedMap<String, String> attributes() {
    SortedMap<String, String> attributes = new TreeMap<>();
    attributes.put(ALPHA, Double.toString(loss.alpha()));
    attributes.put(LAMBDA, Double.toString(loss.lambda()));
    attributes.put(EXPONENT, Double.toString(loss.exponent()));
    attributes.put(STRENGTH, Double.toString(strength));
    return Collections.unmodifiableSortedMap(attributes);
  }

  @Override
  public List<Table> tables() {
    return List.of(users, items);
  }

  @Override
  public Optional<Table> itemVectors() {
    return Optional.of(items);
  }

  @Override
  public OptionalInt userCount() {
    return OptionalInt.of(users.rows());
  }

  @Override
  public int itemCount() {
    return items.rows();
  }

  @Override
  public boolean ranksUnseenUsers() {
    return true;
  }

  @Override
  public Block newBlock(int maxRows) {
    return new FoldedBlock(maxRows);
  }

  private synchronized GramMatrix gram() {
    if (gram == null) {
      gram = new GramMatrix(items.width(), null).of(items.values());
    }
    return gram;
  }

  private final class FoldedBlock implements Block {
    private final int maxRows;
    private final int width = items.width();
    private final float[] vectors; // [maxRows x width]
    private final InnerProducts products =
        new InnerProducts(new ItemTable(items, Optional.empty()));
    private DirectSolver solver; // made when a history is first folded in
    private int rows;

    FoldedBlock(int maxRows) {
      this.maxRows = maxRows;
      this.vectors = new float[Math.multiplyExact(maxRows, width)];
    }

    @Override
    public void load(QueryBlock queries) {
      queries.requireAtMost(maxRows);
      rows = queries.rows;
      for (int row = 0; row < rows; row++) {
        if (UserNumbers.isTrained(queries, row, users)) {
          UserNumbers.copy(queries, row, users, vectors);
        } else {
          foldIn(queries, row);
        }
      }
    }

    private void foldIn(QueryBlock queries, int row) {
      if (solver == null) {
        solver = new DirectSolver(averaged(), width);
      }
      int from = queries.historyStart[row];
      int degree = queries.historyStart[row + 1] - from;
      double lambda = loss.lambdaOf(items.rows() + degree * loss.alpha() * strength);
      if (degree == 0) {
        Arrays.fill(vectors, row * width, (row + 1) * width, 0);
      } else {
        solver.solve(
            queries.history,
            from,
            degree,
            null,
            lambda,
            items.values(),
            gram(),
            vectors,
            row * width);
      }
    }

    /** The loss in which an item of strength 1 counts as the average pair did. */
    private ImplicitLoss averaged() {
      return new ImplicitLoss(loss.alpha() * strength, loss.lambda(), loss.exponent());
    }

    @Override
    public void score(int fromItem, int toItem, float[] out) {
      products.score(vectors, rows, fromItem, toItem, out);
    }
  }
}
