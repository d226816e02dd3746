package dev.tamis.method;

import dev.tamis.artifact.TrainedModel;
import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import dev.tamis.data.Interactions;
import dev.tamis.objective.Objective;
import dev.tamis.train.Run;
import java.util.List;

/**
 * How variational autoencoders are trained, whatever their likelihood.
 *
 * @param method the method's name
 * @param known the method's options
 * @param settings their values
 * @param options those that every variational autoencoder has
 */
record VariationalTraining(
    String method,
    List<Option<?>> known,
    Settings settings,
    VariationalOptions options,
    Objective likelihood) {

  TrainedModel fit(Interactions train, Run run) {
    KlSearch search =
        new KlSearch(
            method,
            known,
            settings,
            options.klCap(),
            options.klAnnealSteps(),
            options.klSelection(),
            options.klPatience());
    return search.fit(
        train,
        run,
        (texts, weight, one) ->
            new AutoencoderTraining(
                    method,
                    texts,
                    options.net(),
                    options.net().variational(train.itemCount()),
                    likelihood,
                    weight,
                    options.samples(),
                    0)
                .fit(train, one));
  }
}
