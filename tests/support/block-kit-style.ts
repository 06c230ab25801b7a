/** Sizes and colours of Slack's desktop client, light theme. */
export const BLOCK_KIT_STYLE = `
  body { margin: 0; padding: 20px; gap: 20px; background: #eceaec; color: #1d1c1d; display: flex;
    align-items: flex-start; font: 15px/1.46 "Lato", "Noto Sans", system-ui, sans-serif; }
  main { flex: 1 1 0; min-width: 0; }
  figure { margin: 0 0 20px; } figcaption { display: none; }
  .captions figcaption { display: block; font-size: 12px; color: #696969; margin-bottom: 4px; }
  .message, .home, .modal { background: #fff; border: 1px solid #dcdadc; border-radius: 8px; padding: 12px 16px; }
  .message { display: flex; gap: 10px; } .message + .message { border-top: 0; }
  .message > div { min-width: 0; flex: 1; }
  .avatar { flex: none; width: 36px; height: 36px; border-radius: 6px; background: #b3261e
    radial-gradient(circle at 50% 50%, #ffd54a 0 30%, transparent 32%); }
  .who { margin: 0 0 2px; font-weight: 400; } .who b { font-weight: 900; }
  .who em { font: 700 10px/1.4 "Noto Sans", sans-serif; background: #e8e8e8; color: #616061; border-radius: 2px;
    padding: 1px 4px; margin-left: 6px; }
  .home { padding: 16px 20px; }
  .modal { padding: 0 20px; box-shadow: 0 6px 24px rgb(0 0 0 / 22%); }
  .modal header { font-weight: 900; font-size: 20px; padding: 16px 0 12px; }
  .modal footer { text-align: right; border-top: 1px solid #e8e8e8; padding: 14px 0; margin: 14px 0 0; }
  .modal footer button { margin: 0 0 0 10px; }
  h3 { font-size: 18px; line-height: 1.33; font-weight: 900; margin: 6px 0 4px; }
  p { margin: 4px 0; } ul, ol { margin: 4px 0; padding-left: 26px; }
  .context { font-size: 13px; color: #616061; margin: 6px 0; }
  a { color: #1264a3; } .mention { background: #e8f5fa; }
  code { font-size: 13px; color: #c01343; background: #f8f8f8; border: 1px solid #dedede; border-radius: 3px; padding: 1px 3px; }
  .table { overflow-x: auto; border: 1px solid #dcdadc; border-radius: 8px; margin: 8px 0; }
  table { border-collapse: collapse; width: 100%; }
  td { border: solid #dcdadc; border-width: 1px 0 0 1px; padding: 6px 10px; vertical-align: top; }
  tr:first-child td { border-top: 0; } td:first-child { border-left: 0; } .head { background: #f8f8f8; }
  .right { text-align: right; } .whole { white-space: nowrap; }
  .actions { display: flex; flex-wrap: wrap; gap: 8px; margin: 8px 0; }
  button { font: inherit; font-weight: 700; font-size: 13px; padding: 3px 12px; background: #fff; color: inherit;
    border: 1px solid #bbb; border-radius: 8px; text-align: left; }
  button.primary { background: #007a5a; border-color: #007a5a; color: #fff; }
  button.danger { background: #e01e5a; border-color: #e01e5a; color: #fff; }
  label { display: block; margin: 14px 0; } small { color: #616061; }
  .optional::after { content: "(optional)"; } .hint { display: block; margin-top: 4px; font-size: 13px; }
  body { overflow-wrap: anywhere; }
  .box { border: 1px solid #868686; border-radius: 4px; padding: 6px 12px; min-height: 22px; margin-top: 6px; position: relative; }
  .tall { min-height: 66px; } .arrow { padding-right: 28px; }
  .arrow::after { content: ""; position: absolute; right: 12px; top: 13px; border: solid #616061; border-width: 0 2px 2px 0;
    padding: 3px; transform: rotate(45deg); }
  .drop { border-style: dashed; text-align: center; } .drop::after { content: "+"; color: #616061; }
  .picture { background: #f2f5f8; border-radius: 8px; padding: 42px 16px; text-align: center; color: #616061; }
  .file { border: 1px solid #dcdadc; border-radius: 8px; padding: 12px 16px; font-weight: 700; }
`;
