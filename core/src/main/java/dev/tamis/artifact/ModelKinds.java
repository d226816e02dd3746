package dev.tamis.artifact;

import dev.tamis.model.EncoderModel;
import dev.tamis.model.FactorModel;
import dev.tamis.model.LeastSquaresModel;
import dev.tamis.model.NeuralModel;
import dev.tamis.model.PopularityModel;
import java.util.List;

/** All kinds of models that an artifact can hold: a new kind is one more line. */
public final class ModelKinds {
  /** In the order of their names. */
  public static final List<ModelKind> ALL =
      List.of(
          new ModelKind(EncoderModel.KIND, EncoderModel::restore),
          new ModelKind(FactorModel.KIND, FactorModel::restore),
          new ModelKind(LeastSquaresModel.KIND, LeastSquaresModel::restore),
          new ModelKind(NeuralModel.KIND, NeuralModel::restore),
          new ModelKind(PopularityModel.KIND, PopularityModel::restore));

  private ModelKinds() {}
}
