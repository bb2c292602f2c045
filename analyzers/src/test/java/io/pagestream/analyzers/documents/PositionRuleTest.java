package io.pagestream.analyzers.documents;

import io.pagestream.analyzers.chars.TextRuleContract;

final class PositionRuleTest extends TextRuleContract {
  PositionRuleTest() {
    super(
        "documents",
        "gps",
        """
        x geo:«52.520008,13.404954»;u=35
        """,
        """
        <trkpt lat="95.520008" lon="13.404954">
        "latitude": 52, "longitude": 13
        "latitude": 0.000000, "longitude": 0.000000
        "latitude": 52.520008, "name": "x"
        geo:52.5
        $GPRMC,123519,A,4807.038,N,01131.000,E,022.4,084.4,230394,003.1,W*6B
        translat="52.520008" lon="13.404954"
        """);
  }
}
