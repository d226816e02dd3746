package dev.tamis.artifact;

import dev.tamis.model.EncoderModel;
import dev.tamis.model.FactorModel;
import dev.tamis.model.ItemMatrixModel;
import dev.tamis.model.ItemNeighboursModel;
import dev.tamis.model.LeastSquaresModel;
import dev.tamis.model.NeuralModel;
import dev.tamis.model.PopularityModel;
import dev.tamis.model.TwoTowerModel;
import java.util.List;

/** All kinds of models that an artifact can hold: a new kind is one more line. */
public final class ModelKinds {
  /** In the order of their names. */
  public static final List<ModelKind> ALL =
      List.of(
          ModelKind.ofTables(EncoderModel.KIND, EncoderModel::restore),
          ModelKind.ofTables(FactorModel.KIND, FactorModel::restore),
          ModelKind.ofTables(ItemMatrixModel.KIND, ItemMatrixModel::restore),
          ModelKind.ofTables(ItemNeighboursModel.KIND, ItemNeighboursModel::restore),
          ModelKind.ofTables(LeastSquaresModel.KIND, LeastSquaresModel::restore),
          ModelKind.ofTables(NeuralModel.KIND, NeuralModel::restore),
          ModelKind.ofTables(PopularityModel.KIND, PopularityModel::restore),
          new ModelKind(TwoTowerModel.KIND, TwoTowerModel::restore));

  private ModelKinds() {}
}
