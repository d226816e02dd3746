package dev.tamis.method;

import dev.tamis.artifact.TrainedModel;
import dev.tamis.config.Settings;
import dev.tamis.data.Interactions;
import dev.tamis.train.MemoryPlan;
import dev.tamis.train.Run;
import dev.tamis.train.TrainingLoop;

/** A method that trains an autoencoder of histories on drawn items: it names its defaults. */
public interface SampledAutoencoderMethod extends Method<SampledAutoencoderMethod.Options> {
  /** What the model is, and how it is trained. */
  record Options(SampledAutoencoderOptions net, HistorySampling sampling) {
    private Settings settings() {
      return sampling.addTo(net.settings());
    }
  }

  @Override
  default boolean ranksUnseenUsers() {
    return true;
  }

  @Override
  default Options readKnown(Settings given) {
    Settings all = given.withDefaults(options());
    return new Options(SampledAutoencoderOptions.read(all), HistorySampling.read(all));
  }

  @Override
  default MemoryPlan plan(Interactions train, Options o, Run run) {
    MemoryPlan plan = SampledAutoencoderTraining.plan(train, o.net(), o.sampling(), run);
    o.sampling().plan(plan, train, o.net().shape(train.itemCount()).queryWidth(), run);
    return plan;
  }

  @Override
  default TrainedModel fit(Interactions train, Options o, Run run) {
    TrainingLoop.refuseNothing(train.size()); // samplers need something to go by
    o.net().requireCodeForSearch();
    KlSearch search =
        new KlSearch(
            name(),
            options(),
            o.settings(),
            o.net().klCap(),
            o.net().klAnnealSteps(),
            o.net().klSelection(),
            o.net().klPatience());
    int width = o.net().shape(train.itemCount()).queryWidth();
    return search.fit(
        train,
        run,
        (texts, weight, one) ->
            new SampledAutoencoderTraining(
                    name(), texts, o.net(), weight, o.sampling().proposal(train, width))
                .fit(train, one));
  }
}
