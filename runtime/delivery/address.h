// Mail addresses: which are taken, and whom a `From` field names.
//
// Entry: address_fault, is_address, read_sender. An address here is the dot-atom form of RFC 5322 section 3.4.1, in
// ASCII: local part, @, domain name. Quoted local parts, address literals and internationalised addresses (RFC 6531)
// are valid elsewhere, hardly used, and read differently by different programs: they are refused.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "runtime/delivery/reply_refusal.h"

namespace assent::delivery {

inline constexpr std::size_t max_local_part_bytes = 64;  // RFC 5321 section 4.5.3.1.1
inline constexpr std::size_t max_address_bytes = 254;    // section 4.5.3.1.3: a path of 256 with its < and >
inline constexpr std::size_t max_label_bytes = 63;       // of a domain, RFC 1035 section 2.3.4

// Comments nest (RFC 5322 section 3.2.2). No mailer nests them; a counter, not the stack, keeps their depth.
inline constexpr int max_comment_depth = 8;

// What is wrong with an address, lower case and without a final period; empty if nothing is.
std::string_view address_fault(std::string_view address);

inline bool is_address(std::string_view address) { return address_fault(address).empty(); }

// One or more atoms with points between them, as on either side of the @.
bool is_dot_atom(std::string_view text);

// The one address in the value of a `From` or `Sender` field, display name and comments aside. Refuses an empty value
// as no_sender, and as ambiguous_sender several addresses, a group, an address in the place of a name, and what is no
// mailbox of RFC 5322 section 3.4: other programs may take another address from it.
ReplyRefusal read_sender(std::string_view value, std::string& out);

}  // namespace assent::delivery
