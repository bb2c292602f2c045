/** Reads and writes the Distinguished Encoding Rules of ASN.1 (ITU-T X.690). */
@NullMarked
package io.pagestream.analyzers.asn1;

import org.jspecify.annotations.NullMarked;
