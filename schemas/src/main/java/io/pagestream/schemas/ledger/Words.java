package io.pagestream.schemas.ledger;

import io.pagestream.schemas.avro.Stage;
import java.util.Locale;

/** Names of stages for sentences. */
final class Words {
  private Words() {}

  static String of(Stage stage) {
    return "the " + stage.name().toLowerCase(Locale.ROOT);
  }

  static String sentence(Stage stage) {
    return "The " + stage.name().toLowerCase(Locale.ROOT);
  }
}
