//! Sends a message of each kind to a server in this program, and prints the paths of the requests.
//!
//! ```text
//! cargo run --example send_each_kind -p infobip-tests
//! ```

use std::error::Error;

use infobip_tests::service::Service;
use infobip_whatsapp::Client;
#[expect(clippy::wildcard_imports, reason = "messages of all kinds need most of the types")]
use infobip_whatsapp::models::*;

const FROM: &str = "441134960000";
const TO: &str = "441134960001";
const URL: &str = "https://example.com/parcel";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let service = Service::accepting_all().await;
    let client = service.client();
    send_files(&client).await?;
    send_others(&client).await?;
    send_interactive(&client).await?;
    send_shop(&client).await?;
    for request in service.requests().await {
        println!("{} {}", request.method, request.url.path());
    }
    Ok(())
}

async fn send_files(client: &Client) -> Result<(), infobip_whatsapp::Error> {
    let document = DocumentMessageContent::builder().media_url(URL).filename("parcel.pdf");
    let document = DocumentMessage::builder().from(FROM).to(TO).content(document).build();
    client.send_whatsapp_document_message(&document).await?;
    let image = ImageMessageContent::builder().media_url(URL).caption("Your parcel");
    client.send_whatsapp_image_message(&ImageMessage::builder().from(FROM).to(TO).content(image).build()).await?;
    let audio = AudioMessageContent::builder().media_url(URL);
    client.send_whatsapp_audio_message(&AudioMessage::builder().from(FROM).to(TO).content(audio).build()).await?;
    let video = VideoMessageContent::builder().media_url(URL);
    client.send_whatsapp_video_message(&VideoMessage::builder().from(FROM).to(TO).content(video).build()).await?;
    let sticker = StickerMessageContent::builder().media_url(URL);
    client.send_whatsapp_sticker_message(&StickerMessage::builder().from(FROM).to(TO).content(sticker).build()).await?;
    Ok(())
}

async fn send_others(client: &Client) -> Result<(), infobip_whatsapp::Error> {
    let text = TextMessageContent::builder().text("Your parcel arrives today.");
    client.send_whatsapp_text_message(&TextMessage::builder().from(FROM).to(TO).content(text).build()).await?;
    let place = LocationMessageContent::builder().latitude(44.95).longitude(13.85).name("Pickup point");
    let location = LocationMessage::builder().from(FROM).to(TO).content(place).build();
    client.send_whatsapp_location_message(&location).await?;
    let name = Name::builder().first_name("John").formatted_name("Mr. John Smith");
    let cards = ContactMessageContent::builder().contacts([Contact::builder().name(name).build()]);
    client.send_whatsapp_contact_message(&ContactMessage::builder().from(FROM).to(TO).content(cards).build()).await?;
    let data = TemplateData::builder()
        .body(TemplateBody::builder().placeholders(["John", "today"]))
        .header(TemplateImageHeader::builder().media_url(URL).build())
        .buttons([QuickReplyTemplateButton::builder().parameter("yes").build()]);
    let content = TemplateMessageContent::builder().template_name("parcel").language("en_GB").template_data(data);
    let message = TemplateMessage::builder().from(FROM).to(TO).content(content);
    client.send_whatsapp_template_message(&TemplateMessages::builder().messages([message]).build()).await?;
    Ok(())
}

async fn send_interactive(client: &Client) -> Result<(), infobip_whatsapp::Error> {
    let body = || InteractiveBody::builder().text("May we deliver today?");
    let [yes, no] = ["Yes", "No"].map(|title| ReplyButton::builder().id(title).title(title).build());
    let buttons = ButtonsAction::builder().buttons([yes, no]);
    let content = ButtonsMessageContent::builder().body(body()).action(buttons);
    let message = ButtonsMessage::builder().from(FROM).to(TO).content(content).build();
    client.send_whatsapp_interactive_buttons_message(&message).await?;

    let rows = ["Morning", "Evening"].map(|title| ListRow::builder().id(title).title(title));
    let list = ListAction::builder().title("Select").sections([ListSection::builder().rows(rows)]);
    let content = ListMessageContent::builder().body(body()).action(list);
    let message = ListMessage::builder().from(FROM).to(TO).content(content).build();
    client.send_whatsapp_interactive_list_message(&message).await?;

    let button = UrlButtonAction::builder().display_text("Follow it").url(URL);
    let content = UrlButtonMessageContent::builder().body(body()).action(button);
    let message = UrlButtonMessage::builder().from(FROM).to(TO).content(content).build();
    client.send_whatsapp_interactive_url_button_message(&message).await?;

    let content = LocationRequestMessageContent::builder().body(body());
    let message = LocationRequestMessage::builder().from(FROM).to(TO).content(content).build();
    client.send_whatsapp_interactive_location_request_message(&message).await?;

    let flow = FlowAction::builder().flow_id("1").flow_token("17").call_to_action_button("Book");
    let content = FlowMessageContent::builder().body(body()).action(flow);
    let message = FlowMessage::builder().from(FROM).to(TO).content(content).build();
    client.send_whatsapp_interactive_flow_message(&message).await?;

    let content = VoiceButtonMessageContent::builder().body(VoiceButtonBody::builder().text("Do you have a question?"));
    let message = VoiceButtonMessage::builder().from(FROM).to(TO).content(content).build();
    client.send_whatsapp_interactive_voice_button_message(&message).await?;

    let message = CallPermissionRequestMessage::builder().from(FROM).to(TO).build();
    client.send_whatsapp_interactive_call_permission_request_message(&message).await?;
    Ok(())
}

async fn send_shop(client: &Client) -> Result<(), infobip_whatsapp::Error> {
    let product = ProductAction::builder().catalog_id("1").product_retailer_id("2");
    let content = ProductMessageContent::builder().action(product);
    let message = ProductMessage::builder().from(FROM).to(TO).content(content).build();
    client.send_whatsapp_interactive_product_message(&message).await?;

    let body = InteractiveBody::builder().text("New this week");
    let sections = [MultiProductSection::builder().product_retailer_ids(["2", "3"])];
    let products = MultiProductAction::builder().catalog_id("1").sections(sections);
    let header = TextHeader::builder().text("Our offers").build();
    let content = MultiProductMessageContent::builder().header(header).body(body.clone()).action(products);
    let message = MultiProductMessage::builder().from(FROM).to(TO).content(content).build();
    client.send_whatsapp_interactive_multi_product_message(&message).await?;

    let cards = ["Shoes", "Socks"].map(|name| {
        let button = UrlCardButton::builder().display_text("Look").url(URL);
        let header = ImageCardHeader::builder().url(URL).build();
        UrlCard::builder().header(header).body(CardBody::builder().text(name)).button(button)
    });
    let carousel = UrlCarousel::builder().cards(cards).build();
    let content = MediaCarouselMessageContent::builder()
        .body(MediaCarouselBody::builder().text("New this week"))
        .action(carousel);
    let message = MediaCarouselMessage::builder().from(FROM).to(TO).content(content).build();
    client.send_whatsapp_interactive_media_carousel_message(&message).await?;

    let amount = |value| OrderAmount::builder().value(value).build();
    let shoes = OrderItem::builder().retailer_id("2").name("Shoes").amount(amount(1250)).quantity(2);
    let tax = DescribedOrderAmount::builder().value(150);
    let order = OrderDetails::builder().items([shoes]).subtotal(amount(2500)).tax(tax);
    let action = OrderDetailsAction::builder()
        .payment(BrazilLinkPayment::builder().id("order-17").payment_link(URL).build())
        .order_currency(OrderCurrency::Brl)
        .order_type(OrderType::PhysicalGoods)
        .total_amount(amount(2650))
        .order(order);
    let content = OrderDetailsMessageContent::builder().body(body).action(action);
    let message = OrderDetailsMessage::builder().from(FROM).to(TO).content(content).build();
    client.send_whatsapp_interactive_order_details_message(&message).await?;

    let payment = OrderPaymentStatus::BrazilLink(PaymentReference::builder().id("order-17").build());
    let action = OrderStatusAction::builder().payment(payment).status(OrderStatus::Shipped);
    let content = OrderStatusMessageContent::builder().action(action);
    let message = OrderStatusMessage::builder().from(FROM).to(TO).content(content).build();
    client.send_whatsapp_interactive_order_status_message(&message).await?;
    Ok(())
}
