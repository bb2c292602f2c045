package io.pagestream.analyzers.identifiers;

import java.util.Arrays;

/** Assigned country codes: ITU-T E.164, list of 2016 and its amendments. */
final class CountryCodes {
  /** Codes of two digits; all others, apart from 1 and 7, have three. */
  private static final int[] TWO_DIGITS = {
    20, 27, 30, 31, 32, 33, 34, 36, 39, 40, 41, 43, 44, 45, 46, 47, 48, 49, 51, 52, 53, 54, 55, 56,
    57, 58, 60, 61, 62, 63, 64, 65, 66, 81, 82, 84, 86, 90, 91, 92, 93, 94, 95, 98
  };

  /** First two digits of codes of three digits. */
  private static final int[] THREE_DIGITS = {
    21, 22, 23, 24, 25, 26, 29, 35, 37, 38, 42, 50, 59, 67, 68, 69, 85, 87, 88, 96, 97, 99
  };

  private CountryCodes() {}

  /** Number of digits of the code with which a number begins; 0 if it is not assigned. */
  static int length(int firstTwoDigits) {
    int first = firstTwoDigits / 10;
    if (first == 1 || first == 7) {
      return 1;
    }
    if (Arrays.binarySearch(TWO_DIGITS, firstTwoDigits) >= 0) {
      return 2;
    }
    return Arrays.binarySearch(THREE_DIGITS, firstTwoDigits) >= 0 ? 3 : 0;
  }
}
