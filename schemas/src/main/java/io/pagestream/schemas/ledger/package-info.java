/** The ledger: the receipts of all stages, added up. */
@NullMarked
package io.pagestream.schemas.ledger;

import org.jspecify.annotations.NullMarked;
