/** The ledger: what the receipts of all stages add up to. */
@NullMarked
package io.pagestream.schemas.ledger;

import org.jspecify.annotations.NullMarked;
