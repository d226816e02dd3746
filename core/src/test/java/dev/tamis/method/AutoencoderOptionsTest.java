package dev.tamis.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tamis.config.Settings;
import dev.tamis.config.TamisException;
import dev.tamis.model.tower.TowerShape;
import dev.tamis.sample.SmallData;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AutoencoderOptionsTest {
  private static AutoencoderOptions net(Map<String, String> texts) {
    List<dev.tamis.config.Option<?>> known = VariationalOptions.list();
    return VariationalOptions.read(Settings.parse("method", known, texts), known).net();
  }

  /** The paper's nets: [items-600-200-600-items], and [items-200-items] of the denoising one. */
  @Test
  void defaultsAreThePapers() {
    assertThat(new MultVae().read(Settings.none()).vae().net().variational(9))
        .isEqualTo(new TowerShape(9, List.of(600), 200, List.of(600)));
    assertThat(new MultDae().read(Settings.none()).dae().net().denoising(9))
        .isEqualTo(new TowerShape(9, List.of(200), 0, List.of()));
    assertThat(new LogisticDae().read(Settings.none()).dae())
        .isEqualTo(new MultDae().read(Settings.none()).dae());
    Cdae.Options cdae = new Cdae().read(Settings.none());
    assertThat(cdae.dae().weightDecay()).isEqualTo(0.02);
    assertThat(new MultDae().read(Settings.none()).dae().weightDecay()).isEqualTo(2e-5);
    assertThat(new Cdae().shape(SmallData.of(9, new int[] {1}, new int[] {2}), cdae))
        .isEqualTo(new TowerShape(9, List.of(200), 0, List.of(), false, 2));
    assertThat(new GaussianVae().read(Settings.none()).vae())
        .isEqualTo(new MultVae().read(Settings.none()).vae());
  }

  @ParameterizedTest
  @CsvSource({
    "0, symmetric, '[]', '[]'",
    "30, symmetric, '[30]', '[30]'",
    "'30,20', symmetric, '[30, 20]', '[20, 30]'",
    "'30,20', linear, '[30, 20]', '[]'"
  })
  void decoderIsTheEncoderTheOtherWayRound(
      String hidden, String decoder, String before, String after) {
    AutoencoderOptions net = net(Map.of("hidden", hidden, "decoder", decoder, "latent", "7"));
    TowerShape coded = net.variational(50);
    TowerShape plain = net.denoising(50);

    assertThat(coded.encoder()).hasToString(before);
    assertThat(coded.latent()).isEqualTo(7);
    assertThat(coded.decoder()).hasToString(after);
    assertThat(plain.encoder().get(plain.encoder().size() - 1)).isEqualTo(7);
    assertThat(plain.encoder().subList(0, plain.encoder().size() - 1)).isEqualTo(coded.encoder());
    assertThat(plain.latent()).isZero();
    assertThat(plain.decoder()).isEqualTo(coded.decoder());
  }

  @Test
  void itemsThatAreMissingMustNotCountMore() {
    GaussianVae method = new GaussianVae();
    Settings settings = Settings.none().with(Confidences.MISSING, 11.0);

    assertThatThrownBy(() -> method.read(settings))
        .isInstanceOf(TamisException.class)
        .hasMessageContaining("they are 11.0 and 10.0; lower confidence-missing");
  }
}
