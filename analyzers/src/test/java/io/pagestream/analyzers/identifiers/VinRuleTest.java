package io.pagestream.analyzers.identifiers;

import io.pagestream.analyzers.chars.TextRuleContract;

final class VinRuleTest extends TextRuleContract {
  VinRuleTest() {
    super(
        "identifiers",
        "vin",
        """
        VIN «1M8GDM9AXKP042788»
        "«1HGCM82633A004352»"
        «5YJSA1E27HF000337»,
        «WBA3A5C57CF256651»
        the number «1HGCM82633A004352».
        """,
        """
        1M8GDM9AXKP042789
        1M8GDM9AXKP0427880
        A1M8GDM9AXKP042788
        1M8GDM9AXKP04278O
        11111111111111111
        1M8GDM9AXKP042788/x
        1M8GDM9AXKP042788.x
        """);
  }
}
