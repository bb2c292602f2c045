/** Tests of the ledger. */
@NullMarked
package io.pagestream.schemas.ledger;

import org.jspecify.annotations.NullMarked;
