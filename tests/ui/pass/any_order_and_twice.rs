//! Setters come in any order, and the last one of a name wins, required or not.

use infobip_whatsapp::models::Name;

#[test]
fn setters_come_in_any_order() {
    let name = Name::builder()
        .formatted_name("J. Smith")
        .last_name("Smyth")
        .first_name("Jon")
        .formatted_name("John Smith")
        .last_name("Smith")
        .first_name(String::from("John"))
        .build();
    assert_eq!(name.first_name, "John");
    assert_eq!(name.last_name.as_deref(), Some("Smith"));
    assert_eq!(name.formatted_name, "John Smith");
}
